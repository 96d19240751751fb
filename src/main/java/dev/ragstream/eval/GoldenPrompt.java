package dev.ragstream.eval;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Prompt;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A prompt that was once looked at and found good, kept as a file to check later ones against. It
 * holds what matters to a reviewer, in a form that reads and diffs well: the messages (with a
 * placeholder for the fence, whose code changes with any passage) and the passages in them.
 *
 * @param version of this form
 * @param messages as sent, but for the fence
 * @param passages in the order of the prompt
 */
public record GoldenPrompt(
    int version, String question, String template, List<Line> messages, List<Shown> passages) {

  private static final int VERSION = 1;

  /** Stands in the messages where the fence was. */
  static final String FENCE = "FENCE";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      MAPPER
          .writer()
          .with(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

  public GoldenPrompt {
    messages = List.copyOf(messages);
    passages = List.copyOf(passages);
  }

  /** A message. */
  public record Line(String role, String content) {}

  /** A passage as the prompt shows it. */
  public record Shown(int n, String id, String title, String text) {}

  /** What of a prompt is kept. */
  public static GoldenPrompt of(Prompt prompt) {
    return new GoldenPrompt(
        VERSION,
        prompt.question().text(),
        prompt.template(),
        prompt.messages().stream().map(message -> line(message, prompt.fence())).toList(),
        prompt.excerpts().stream().map(GoldenPrompt::shown).toList());
  }

  /**
   * Reads a golden file.
   *
   * @throws FailureException of kind {@code USAGE} where it is none
   */
  public static GoldenPrompt read(Path file) {
    try {
      JsonNode golden = MAPPER.readTree(Files.readString(file));
      if (!golden.isObject()) {
        throw unreadable(file, "it is no golden prompt: there is no object");
      }
      int version = golden.path("version").asInt(VERSION);
      if (version != VERSION) {
        throw unreadable(file, "it has the version " + version + ", not " + VERSION);
      }
      return MAPPER.treeToValue(golden, GoldenPrompt.class);
    } catch (NoSuchFileException _) {
      throw unreadable(file, "there is no such file");
    } catch (CharacterCodingException _) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      throw unreadable(file, "it is no golden prompt: " + e.getOriginalMessage());
    }
  }

  /**
   * Writes a golden file, whole or not at all.
   *
   * @throws FailureException of kind {@code USAGE} where it cannot be written
   */
  public void write(Path file) {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(draft, WRITER.writeValueAsString(this) + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.USAGE,
              "the golden prompt " + file + " cannot be written: " + e,
              "check the folder and its permissions"),
          e);
    }
  }

  private static Line line(Message message, String fence) {
    return new Line(
        message.role().name().toLowerCase(Locale.ROOT), message.content().replace(fence, FENCE));
  }

  private static Shown shown(Excerpt excerpt) {
    Chunk chunk = excerpt.passage().chunk();
    return new Shown(excerpt.passage().n(), chunk.id(), chunk.title(), excerpt.text());
  }

  private static FailureException unreadable(Path file, String why) {
    return new FailureException(
        Failure.Kind.USAGE,
        "the golden prompt " + file + " cannot be read: " + why,
        "write it with 'ragstream prompt --save " + file + " QUESTION'");
  }
}
