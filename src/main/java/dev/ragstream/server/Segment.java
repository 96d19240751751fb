package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an {@link EventLog}: one event, or many pieces of text, packed. A token as an object
 * of its own takes about 70 bytes, here it takes two more than its characters.
 */
final class Segment {

  private static final int SMALLEST = 256;

  /** Packed text beyond this goes into the next segment. */
  private static final int LARGEST = 2 << 10;

  private static final byte TEXT = 0;
  private static final byte REASONING = 1;

  /** The sequence number of the first event in it. */
  final long first;

  /** What all events before it weigh. */
  final long weightBefore;

  volatile @Nullable Segment next;
  private final @Nullable AnswerEvent single;
  private volatile byte[] packed;
  private int size;

  private Segment(long first, long weightBefore, @Nullable AnswerEvent single) {
    this.first = first;
    this.weightBefore = weightBefore;
    this.single = single;
    this.packed = new byte[single == null ? SMALLEST : 0];
  }

  static Segment packed(long first, long weightBefore) {
    return new Segment(first, weightBefore, null);
  }

  static Segment single(long first, long weightBefore, AnswerEvent event) {
    return new Segment(first, weightBefore, event);
  }

  /** Whether a piece of text may be added. */
  boolean hasRoom() {
    return single == null && size < LARGEST;
  }

  void add(Text piece) {
    add(TEXT, piece.text());
  }

  void add(Reasoning piece) {
    add(REASONING, piece.text());
  }

  private void add(byte kind, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] target = packed;
    int needed = size + utf8.length + 6;
    if (needed > target.length) {
      // Readers go on in the old array: what they may read of it is final.
      target = Arrays.copyOf(target, Math.max(needed, Math.min(2 * target.length, LARGEST)));
      packed = target;
    }
    target[size++] = kind;
    int rest = utf8.length;
    while (rest > 0x7F) {
      target[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[size++] = (byte) rest;
    System.arraycopy(utf8, 0, target, size, utf8.length);
    size += utf8.length;
  }

  /** What stands in it now, for one reader. */
  Contents contents() {
    return new Contents(single, packed);
  }

  /** Reads the events of a segment one after the other. */
  static final class Contents {

    private final @Nullable AnswerEvent single;
    private final byte[] packed;
    private int position;

    private Contents(@Nullable AnswerEvent single, byte[] packed) {
      this.single = single;
      this.packed = packed;
    }

    /** The same place in what has grown since. */
    Contents in(Segment segment) {
      Contents grown = segment.contents();
      grown.position = position;
      return grown;
    }

    /** The next event; the caller knows that there is one. */
    AnswerEvent next() {
      if (single != null) {
        return single;
      }
      byte kind = packed[position++];
      int length = length();
      String text = new String(packed, position, length, StandardCharsets.UTF_8);
      position += length;
      return kind == TEXT ? new Text(text) : new Reasoning(text);
    }

    /** Passes over an event. */
    void skip() {
      if (single == null) {
        position++;
        int length = length();
        position += length;
      }
    }

    private int length() {
      int length = 0;
      int shift = 0;
      while (packed[position] < 0) {
        length |= (packed[position++] & 0x7F) << shift;
        shift += 7;
      }
      return length | (packed[position++] << shift);
    }
  }
}
