/**
 * What goes wrong while a model answers, as a table: each row a script of what its server or reader
 * does and what must come of it, played with each kind of provider through the whole pipeline.
 * {@code docs/faults.md} is written from the same table.
 *
 * <p>The same table and more as a client of {@code serve} sees it, over every {@link
 * dev.ragstream.faults.Wire}: who leaves, who does not read, silence, hostile input, proxies. Real
 * sockets on both sides, and in {@link dev.ragstream.faults.ServedProject} all that is between.
 */
@NullMarked
package dev.ragstream.faults;

import org.jspecify.annotations.NullMarked;
