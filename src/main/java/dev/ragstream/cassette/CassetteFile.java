package dev.ragstream.cassette;

import dev.ragstream.core.FailureException;
import dev.ragstream.render.JsonObject;
import dev.ragstream.render.JsonText;
import dev.ragstream.upstream.Redaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A file of JSON lines: a head, then one run after the other. A run that a crash cut off at the end
 * of the file does not count, and the next one takes its place.
 *
 * @param shown what failures call it
 */
public record CassetteFile(Path path, Path shown) {

  static final int VERSION = 1;

  private static final String FORM = "ragstream";
  private static final String CASSETTE = "cassette";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public CassetteFile(Path path) {
    this(path, path);
  }

  /**
   * What a file holds.
   *
   * @param end the bytes up to the end of its last whole run
   */
  private record Contents(List<Run> runs, long end) {}

  /**
   * Reads all runs.
   *
   * @throws FailureException of kind {@code USAGE} where this is no cassette, {@code CASSETTE}
   *     where it is damaged or holds no run
   */
  public Cassette read() {
    List<Run> runs = contents(bytes()).runs();
    if (runs.isEmpty()) {
      throw CassetteFailures.empty(shown);
    }
    return new Cassette(shown, runs);
  }

  /**
   * Finds out whether runs can be recorded here.
   *
   * @throws FailureException where something else is there, or a damaged cassette
   */
  public void requireRecordable() {
    if (Files.exists(path)) {
      contents(bytes());
      return;
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw CassetteFailures.unwritable(shown, new NoSuchFileException(folder.toString()));
    }
  }

  /**
   * Adds a run.
   *
   * @throws FailureException likewise, and where it cannot be written
   */
  void append(Run run, Redaction redaction) {
    StringBuilder lines = new StringBuilder();
    RunJson.lines(run, redaction).forEach(line -> lines.append(JsonText.line(line)).append('\n'));
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.lock();
      ByteBuffer there = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (there.hasRemaining() && channel.read(there) >= 0) {}
      long end = contents(there.array()).end();
      String before = end == 0 ? head() : there.get(Math.toIntExact(end - 1)) == '\n' ? "" : "\n";
      channel.truncate(end);
      channel.position(end);
      ByteBuffer added = StandardCharsets.UTF_8.encode(before + lines);
      while (added.hasRemaining()) {
        channel.write(added);
      }
      channel.force(true);
    } catch (IOException e) {
      throw CassetteFailures.unwritable(shown, e);
    }
  }

  private static String head() {
    return JsonText.line(
            JsonNodeFactory.instance.objectNode().put(FORM, CASSETTE).put("version", VERSION))
        + "\n";
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException _) {
      throw CassetteFailures.missing(shown);
    } catch (IOException e) {
      throw CassetteFailures.unreadable(shown, e);
    }
  }

  private Contents contents(byte[] bytes) {
    if (head().startsWith(new String(bytes, StandardCharsets.UTF_8))) {
      return new Contents(List.of(), 0);
    }
    List<Run> runs = new ArrayList<>();
    RunReader reader = null;
    long wholeUntil = 0;
    int start = 0;
    for (int number = 1; start < bytes.length; number++) {
      int end = endOfLine(bytes, start);
      boolean cutOff = end == bytes.length;
      JsonNode tree = line(bytes, start, end, number, cutOff);
      boolean blank = tree != null && tree.isMissingNode();
      start = Math.min(bytes.length, end + 1);
      if (number == 1) {
        requireHead(tree);
        wholeUntil = start;
      } else if (tree == null) {
        break;
      } else if (reader == null) {
        reader = blank ? null : new RunReader(shown, number, tree);
      } else {
        Run run = blank ? null : reader.next(number, tree);
        if (run != null) {
          runs.add(run);
          reader = null;
          wholeUntil = start;
        }
      }
    }
    return new Contents(runs, wholeUntil);
  }

  private static int endOfLine(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** One line; null for a last one that was cut off. */
  private @Nullable JsonNode line(byte[] bytes, int start, int end, int number, boolean cutOff) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, start, end - start))
              .toString();
      return MAPPER.readTree(text);
    } catch (CharacterCodingException | JacksonException e) {
      if (number == 1) {
        throw CassetteFailures.noCassette(shown, "its first line is not JSON");
      }
      if (cutOff) {
        return null;
      }
      String why = e instanceof JacksonException json ? json.getOriginalMessage() : "no UTF-8";
      throw CassetteFailures.damaged(shown, number, why);
    }
  }

  private void requireHead(@Nullable JsonNode first) {
    if (first == null || !CASSETTE.equals(first.path(FORM).asString(""))) {
      throw CassetteFailures.noCassette(
          shown, "its first line is not {\"ragstream\":\"cassette\",\"version\":" + VERSION + "}");
    }
    int version =
        new JsonObject(first, "the head", why -> CassetteFailures.damaged(shown, 1, why))
            .integer("version");
    if (version > VERSION) {
      throw CassetteFailures.newer(shown, version);
    }
  }
}
