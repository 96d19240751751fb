/** What was asked and answered, in an SQLite file beside the index: runs, and chats. */
@NullMarked
package dev.ragstream.journal;

import org.jspecify.annotations.NullMarked;
