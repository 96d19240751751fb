package dev.ragstream.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ChunkTextTest {

  private static final String MIXED = "a é 雨 🌂 z\u0000\u001B\u0085\n";

  @Test
  void textStaysTextWhereverChunksCutIt() {
    byte[] all = MIXED.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from <= all.length; from++) {
      for (int to = from; to <= all.length; to++) {
        Chunk chunk = new Chunk(7, Arrays.copyOfRange(all, from, to));
        List<ObjectNode> lines = ChunkText.lines(chunk);
        assertThat(bytes(lines)).isEqualTo(chunk.bytes(0, chunk.length()));
        assertThat(binaryBytes(lines)).isLessThanOrEqualTo(6);
      }
    }
  }

  @Test
  void aCharacterInHalvesLeavesTheRestReadable() {
    byte[] all = "雨a雨".getBytes(StandardCharsets.UTF_8);
    Chunk chunk = new Chunk(7, Arrays.copyOfRange(all, 1, 5));

    assertThat(ChunkText.lines(chunk).stream().map(ObjectNode::toString))
        .containsExactly(
            "{\"type\":\"bytes\",\"at\":7,\"base64\":\"m6g=\"}",
            "{\"type\":\"bytes\",\"at\":7,\"text\":\"a\"}",
            "{\"type\":\"bytes\",\"at\":7,\"base64\":\"6Q==\"}");
  }

  @Test
  void noByteIsLost() {
    Random random = new Random(4711);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(9)];
      random.nextBytes(bytes);
      assertThat(bytes(ChunkText.lines(new Chunk(0, bytes)))).isEqualTo(bytes);
    }
  }

  private static byte[] bytes(List<ObjectNode> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ObjectNode line : lines) {
      bytes.writeBytes(
          line.has("text")
              ? line.get("text").stringValue().getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(line.get("base64").stringValue()));
    }
    return bytes.toByteArray();
  }

  private static int binaryBytes(List<ObjectNode> lines) {
    return lines.stream()
        .filter(line -> line.has("base64"))
        .mapToInt(line -> Base64.getDecoder().decode(line.get("base64").stringValue()).length)
        .sum();
  }
}
