/**
 * The command line: {@link dev.ragstream.cli.Main}, one class per command, and the one place where
 * failures become exit codes. picocli stops here: a command turns its options into settings and
 * records, and nothing deeper sees it.
 */
@NullMarked
package dev.ragstream.cli;

import org.jspecify.annotations.NullMarked;
