/** Puts the parts together: the only place where adapters are built from settings. */
@NullMarked
package dev.ragstream.app;

import org.jspecify.annotations.NullMarked;
