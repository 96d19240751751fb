/**
 * The embedded passage store: BM25 and HNSW vectors in one Lucene index. The only package that
 * knows Lucene.
 *
 * <p>A chunk is one Lucene document, and so is the record of each indexed file, told apart by their
 * fields. The name of the embedding model is kept in the commit itself.
 */
@NullMarked
package dev.ragstream.lucene;

import org.jspecify.annotations.NullMarked;
