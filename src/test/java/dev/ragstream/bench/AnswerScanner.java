package dev.ragstream.bench;

import java.util.Arrays;

/**
 * Counts the tokens of one answer in its bytes and hashes them, without an object for any. One for
 * each stream; each token has to be an event of its own.
 */
abstract class AnswerScanner {

  /** Nanoseconds of the first token; 0 before it. */
  long firstToken;

  int tokens;
  boolean ended;

  /** Whether the answer's own hash was found to be that of its tokens. */
  boolean whole;

  /** What was wrong with the order; empty: nothing. */
  String fault = "";

  /** Whether the server asked for a sign of life since that was last looked at. */
  boolean pinged;

  private long hash;

  /**
   * Looks through bytes that follow each other.
   *
   * @return the index of the first byte that belongs to an event which is not complete yet
   */
  abstract int scan(byte[] bytes, int start, int end, LateTokens late);

  protected final void token(byte[] bytes, int start, int end, LateTokens late) {
    tokens++;
    if (firstToken == 0) {
      firstToken = System.nanoTime();
    }
    if (bytes[start] == '#') {
      byte[] expected = CheapAnswers.hashToken(hash);
      whole = Arrays.equals(bytes, start, end, expected, 0, expected.length);
      return;
    }
    hash = CheapAnswers.hash(hash, bytes, start, end);
    if (bytes[start] == ' ' && end - start > 8 && bytes[start + 1] <= '9') {
      late.add(System.nanoTime() / 1000 - micros(bytes, start + 1, end));
    }
  }

  private static long micros(byte[] bytes, int start, int end) {
    long micros = 0;
    for (int i = start; i < end; i++) {
      micros = 10 * micros + bytes[i] - '0';
    }
    return micros;
  }

  protected static boolean at(byte[] bytes, int start, int end, byte[] expected) {
    return start + expected.length <= end
        && Arrays.equals(bytes, start, start + expected.length, expected, 0, expected.length);
  }

  protected static int indexOf(byte[] bytes, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The index after the next blank line; -1 where there is none. */
  protected static int endOfEvent(byte[] bytes, int start, int end) {
    int newline = indexOf(bytes, start, end, '\n');
    while (newline >= 0 && newline + 1 < end) {
      if (bytes[newline + 1] == '\n') {
        return newline + 2;
      }
      newline = indexOf(bytes, newline + 1, end, '\n');
    }
    return -1;
  }

  /** The upstream's own events, as a proxy passes them on. */
  static final class OfOpenAi extends AnswerScanner {

    private static final byte[] DONE = CheapAnswers.ascii("data: [DONE]");

    @Override
    int scan(byte[] bytes, int start, int end, LateTokens late) {
      int at = start;
      while (at < end) {
        int token = at + CheapAnswers.BEFORE.length;
        if (at(bytes, at, end, CheapAnswers.BEFORE)) {
          int quote = indexOf(bytes, token, end, '"');
          if (quote >= 0 && at(bytes, quote, end, CheapAnswers.AFTER)) {
            token(bytes, token, quote, late);
            at = quote + CheapAnswers.AFTER.length;
            continue;
          }
        }
        int next = endOfEvent(bytes, at, end);
        if (next < 0) {
          return at;
        }
        ended |= at(bytes, at, end, DONE);
        at = next;
      }
      return at;
    }
  }

  /** The native events over SSE; their numbers have to go up one by one. */
  static final class OfEvents extends AnswerScanner {

    private static final byte[] TEXT = CheapAnswers.ascii("event: text\nid: ");
    private static final byte[] BEFORE =
        CheapAnswers.ascii("\ndata: {\"type\":\"text\",\"text\":\"");
    private static final byte[] AFTER = CheapAnswers.ascii("\"}\n\n");
    private static final byte[] COMPLETED = CheapAnswers.ascii("event: completed\n");
    private static final byte[] FAILED = CheapAnswers.ascii("event: failed\n");

    private int last;

    @Override
    int scan(byte[] bytes, int start, int end, LateTokens late) {
      int at = start;
      while (at < end) {
        if (at(bytes, at, end, TEXT)) {
          int line = indexOf(bytes, at + TEXT.length, end, '\n');
          int token = line + BEFORE.length;
          if (line >= 0 && at(bytes, line, end, BEFORE)) {
            int quote = indexOf(bytes, token, end, '"');
            if (quote >= 0 && at(bytes, quote, end, AFTER)) {
              number((int) AnswerScanner.micros(bytes, at + TEXT.length, line));
              token(bytes, token, quote, late);
              at = quote + AFTER.length;
              continue;
            }
          }
        }
        int next = endOfEvent(bytes, at, end);
        if (next < 0) {
          return at;
        }
        if (at(bytes, at, end, FAILED)) {
          fault = new String(bytes, at, next - at, java.nio.charset.StandardCharsets.UTF_8);
        }
        ended |= at(bytes, at, end, COMPLETED);
        at = next;
      }
      return at;
    }

    private void number(int number) {
      if (last != 0 && number != last + 1) {
        fault = "event " + number + " follows event " + last;
      }
      last = number;
    }
  }

  /** The native events as frames of a WebSocket that come from a server, so without a mask. */
  static final class OfFrames extends AnswerScanner {

    private static final byte[] TEXT = CheapAnswers.ascii("\"type\":\"text\",\"text\":\"");
    private static final byte[] COMPLETED = CheapAnswers.ascii("\"type\":\"completed\"");
    private static final byte[] FAILED = CheapAnswers.ascii("\"type\":\"failed\"");

    /** The length of a run's id, 32 characters, with its name. */
    private static final int HEAD = 42;

    private static final int TEXT_FRAME = 0x81;
    private static final int PING = 0x89;
    private static final int LONG = 126;

    @Override
    int scan(byte[] bytes, int start, int end, LateTokens late) {
      int at = start;
      while (at + 2 <= end) {
        int length = bytes[at + 1] & 0x7F;
        int head = length < LONG ? 2 : length == LONG ? 4 : 10;
        if (at + head > end) {
          return at;
        }
        if (length >= LONG) {
          length = 0;
          for (int i = 2; i < head; i++) {
            length = (length << 8) | (bytes[at + i] & 0xFF);
          }
        }
        int payload = at + head;
        int next = payload + length;
        if (next > end) {
          return at;
        }
        pinged |= (bytes[at] & 0xFF) == PING;
        if ((bytes[at] & 0xFF) == TEXT_FRAME && length > HEAD) {
          frame(bytes, payload + HEAD, next, late);
        }
        at = next;
      }
      return at;
    }

    private void frame(byte[] bytes, int start, int end, LateTokens late) {
      if (at(bytes, start, end, TEXT)) {
        int token = start + TEXT.length;
        token(bytes, token, indexOf(bytes, token, end, '"'), late);
      } else if (at(bytes, start, end, FAILED)) {
        fault = new String(bytes, start, end - start, java.nio.charset.StandardCharsets.UTF_8);
      } else {
        ended |= at(bytes, start, end, COMPLETED);
      }
    }
  }
}
