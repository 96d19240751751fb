/**
 * Prompt templates: Mustache without code, partials or access to anything but the named variables.
 * A template is a text (the user message) or YAML with {@code messages}.
 */
@NullMarked
package dev.ragstream.template;

import org.jspecify.annotations.NullMarked;
