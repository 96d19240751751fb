/**
 * {@code ragstream serve} as its clients see it: curl, those from npm in {@code src/test/clients},
 * a browser. One server over the sample documents is shared ({@link dev.ragstream.clients.Site}),
 * and a server of models that behave as a test needs it ({@link
 * dev.ragstream.clients.ModelServer}).
 */
@NullMarked
package dev.ragstream.clients;

import org.jspecify.annotations.NullMarked;
