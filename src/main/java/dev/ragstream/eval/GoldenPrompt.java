package dev.ragstream.eval;

import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
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
  private static final String FENCE = "FENCE";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  public GoldenPrompt {
    messages = List.copyOf(messages);
    passages = List.copyOf(passages);
  }

  /** A message. */
  public record Line(String role, String content) {}

  /** A passage as the prompt shows it. */
  public record Shown(int n, String id, String text) {}

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
      GoldenPrompt golden = MAPPER.readValue(Files.readString(file), GoldenPrompt.class);
      if (golden.version() != VERSION) {
        throw unreadable(file, "it has the version " + golden.version() + ", not " + VERSION);
      }
      return golden;
    } catch (IOException e) {
      throw unreadable(file, e.getMessage() == null ? e.toString() : e.getMessage());
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
    String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    try {
      Files.writeString(file, json, StandardCharsets.UTF_8);
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
    return new Shown(excerpt.passage().n(), excerpt.passage().chunk().id(), excerpt.text());
  }

  private static FailureException unreadable(Path file, String why) {
    return new FailureException(
        Failure.Kind.USAGE,
        "the golden prompt " + file + " cannot be read: " + why,
        "write it with 'ragstream prompt --save " + file + " QUESTION'");
  }
}
