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
import java.util.List;
import org.junit.jupiter.api.Test;

class LineFramesTest {

  @Test
  void whereverTheBytesAreCutEachLineIsAFrame() throws IOException {
    byte[] bytes =
        "\uFEFF{\"雨\":1}\r\n\n{\"\uD83C\uDF02\":2}\n \n".getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      InputStream first = new ByteArrayInputStream(bytes, 0, cut);
      InputStream second = new ByteArrayInputStream(bytes, cut, bytes.length - cut);
      assertThat(lines(new SequenceInputStream(first, second)))
          .as("cut at byte %d", cut)
          .containsExactly("{\"雨\":1}", "{\"\uD83C\uDF02\":2}", " ");
    }
  }

  @Test
  void aLineThatTheStreamBreaksOffSaysSo() throws IOException {
    LineFrames frames = new LineFrames(stream("{}\n{\"a"));
    assertThat(frames.next()).isTrue();
    assertThat(frames.brokenOff()).isFalse();
    assertThat(frames.next()).isTrue();
    assertThat(frames.text()).isEqualTo("{\"a");
    assertThat(frames.brokenOff()).isTrue();
    assertThat(frames.next()).isFalse();
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacementCharacters() throws IOException {
    byte[] bytes = "a?b\né\n".getBytes(StandardCharsets.UTF_8);
    bytes[1] = (byte) 0xFF;
    assertThat(lines(new ByteArrayInputStream(bytes))).containsExactly("a\uFFFDb", "é");
  }

  @Test
  void aLineThatNeverEndsIsAnError() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new LineFrames(endless).next())
        .isInstanceOf(EndlessEventException.class)
        .hasMessage("an event is longer than 8 MiB");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(InputStream in) throws IOException {
    LineFrames frames = new LineFrames(in);
    List<String> lines = new ArrayList<>();
    while (frames.next()) {
      lines.add(frames.text());
    }
    return lines;
  }
}
