package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.upstream.EndlessEventException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class EventStreamReaderTest {

  /** A stream with LF for line ends, and its events: a name, a colon, the data. */
  static final List<Arguments> STREAMS =
      List.of(
          stream("data: one\n\ndata: two\n\n", ":one", ":two"),
          stream("data:no space\n\ndata:  two spaces\n\n", ":no space", ": two spaces"),
          stream("\uFEFFdata: after a mark\n\n", ":after a mark"),
          stream("\uFEFF\n\ndata: x\n\n", ":x"),
          stream(": comment\ndata: a\n: another\ndata: b\n\n:\n\n", ":a\nb"),
          stream("data: a\ndata:\ndata\ndata: d\n\n", ":a\n\n\nd"),
          stream("data\n\ndata:\n\n", ":", ":"),
          stream("event: ping\ndata: {}\nid: 7\nretry: 10\nunknown\n\n", "ping:{}"),
          stream("event: lost\n\ndata: unnamed\n\n", ":unnamed"),
          stream("\n\n\ndata: x\n\n\n\n\ndata: y\n\n", ":x", ":y"),
          stream("data: 雨 ☂ \uD83C\uDF02 é\n\n", ":雨 ☂ \uD83C\uDF02 é"),
          stream("data: whole\n\ndata: broken o", ":whole"),
          stream("data: whole\n\ndata: broken off\n", ":whole"),
          stream("database: no\n dat: no\nDATA: no\n\n"),
          stream(""));

  @ParameterizedTest
  @FieldSource("STREAMS")
  void whereverAStreamIsCutAndHoweverItsLinesEndTheEventsAreTheSame(
      String stream, List<String> expected) throws IOException {
    for (String lineEnd : List.of("\n", "\r", "\r\n")) {
      byte[] bytes = stream.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
      for (int cut = 0; cut <= bytes.length; cut++) {
        InputStream first = new ByteArrayInputStream(bytes, 0, cut);
        InputStream second = new ByteArrayInputStream(bytes, cut, bytes.length - cut);
        assertThat(events(new SequenceInputStream(first, second)))
            .as("cut at byte %d", cut)
            .isEqualTo(expected);
      }
      assertThat(events(byteByByte(bytes))).isEqualTo(expected);
    }
  }

  @Test
  void lineEndsMayBeMixed() throws IOException {
    assertThat(events("data: a\r\ndata: b\n\r\ndata: c\r\rdata: d\n\ndata: e\r\n\n"))
        .containsExactly(":a\nb", ":c", ":d", ":e");
  }

  @Test
  void anEventIsThereAsSoonAsItsBlankLineIsEvenIfALineFeedMayFollow() throws IOException {
    InputStream in =
        new ByteArrayInputStream("data: a\r\r".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            assertThat(available()).as("asked for more than the event").isPositive();
            return super.read(target, offset, length);
          }
        };
    EventStreamReader events = new EventStreamReader(in);
    assertThat(events.next()).isTrue();
    assertThat(events.text()).isEqualTo("a");
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacementCharacters() throws IOException {
    byte[] bytes = "data: a?b\n\ndata: good é\n\n".getBytes(StandardCharsets.UTF_8);
    bytes[7] = (byte) 0xFF;
    assertThat(events(new ByteArrayInputStream(bytes))).containsExactly(":a\uFFFDb", ":good é");
    byte[] surrogate = "data: a???\n\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, surrogate, 7, 3);
    assertThat(events(new ByteArrayInputStream(surrogate))).containsExactly(":a\uFFFD");
  }

  @Test
  void anEventLargerThanTheBufferIsReadWhole() throws IOException {
    String line = "data: " + "0123456789".repeat(10_000);
    String large = line + "\n:" + "-".repeat(50_000) + "\n" + line + "\n\n";
    assertThat(events(large + "data: x\n\n" + large))
        .containsExactly(
            ":" + line.substring(6) + "\n" + line.substring(6),
            ":x",
            ":" + line.substring(6) + "\n" + line.substring(6));
  }

  @Test
  void anEventThatNeverEndsIsAnError() {
    byte[] letters = new byte[1 << 16];
    Arrays.fill(letters, (byte) 'x');
    letters[0] = ':';
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, letters.length);
            System.arraycopy(letters, 0, target, offset, count);
            return count;
          }
        };
    EventStreamReader events = new EventStreamReader(endless);
    assertThatThrownBy(events::next)
        .isInstanceOf(EndlessEventException.class)
        .hasMessage("an event is longer than 8 MiB");
  }

  private static Arguments stream(String stream, String... events) {
    return Arguments.of(stream, List.of(events));
  }

  private static List<String> events(String stream) throws IOException {
    return events(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> events(InputStream in) throws IOException {
    EventStreamReader reader = new EventStreamReader(in);
    List<String> events = new ArrayList<>();
    while (reader.next()) {
      events.add(reader.name() + ":" + reader.text());
    }
    return events;
  }

  private static InputStream byteByByte(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }
}
