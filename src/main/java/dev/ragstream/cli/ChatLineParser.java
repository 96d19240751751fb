package dev.ragstream.cli;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Words stand between blanks, quotes mean nothing, and a backslash at its end continues a line. */
final class ChatLineParser extends DefaultParser {

  ChatLineParser() {
    setQuoteChars(new char[0]);
    setEscapeChars(new char[0]);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && line.endsWith("\\")) {
      throw new EOFError(-1, -1, "the line goes on", "");
    }
    return super.parse(line, cursor, context);
  }

  /** What was typed, without the backslashes that continued its lines. */
  static String joined(String typed) {
    return typed.replace("\\\n", "\n");
  }
}
