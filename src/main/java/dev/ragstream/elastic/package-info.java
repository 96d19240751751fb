/**
 * The passage store in an Elasticsearch cluster. The only package that knows the Elasticsearch
 * client.
 */
@NullMarked
package dev.ragstream.elastic;

import org.jspecify.annotations.NullMarked;
