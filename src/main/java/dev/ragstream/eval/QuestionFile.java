package dev.ragstream.eval;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads questions from a file: YAML with a list {@code questions} of texts or of entries with a
 * {@code question}, JSON lines with a {@code question} each, or plain text with one a line.
 */
public final class QuestionFile {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;

  private QuestionFile(Path file) {
    this.file = file;
  }

  /**
   * The questions in the order of the file, at least one.
   *
   * @throws FailureException of kind {@code USAGE} where there is none, or one cannot be read
   */
  public static List<String> read(Path file) {
    return new QuestionFile(file).questions();
  }

  private List<String> questions() {
    String text = text();
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    List<String> questions =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "yaml", "yml" -> yaml(text);
          case "jsonl", "ndjson" -> jsonLines(text);
          default -> text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        };
    if (questions.isEmpty()) {
      throw unreadable("it holds none", "write one question to a line");
    }
    return questions;
  }

  private String text() {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException _) {
      throw unreadable("there is no such file", "check the spelling");
    } catch (CharacterCodingException _) {
      throw unreadable("it is not UTF-8 text", "save it with the encoding UTF-8");
    } catch (IOException e) {
      throw unreadable(String.valueOf(e.getMessage()), "name another file");
    }
  }

  private List<String> yaml(String text) {
    @Nullable Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> ", as line " + (mark.getLine() + 1) + " shows").orElse("");
      throw unreadable("it is not YAML" + line, "correct the line");
    } catch (YamlEngineException e) {
      throw unreadable("it is not YAML: " + e.getMessage(), "correct it");
    }
    Object list = root instanceof Map<?, ?> map ? map.get("questions") : root;
    if (!(list instanceof List<?> entries)) {
      throw unreadable(
          "it has no list 'questions'", "write questions:, then - question: … beneath it");
    }
    List<String> questions = new ArrayList<>();
    for (Object entry : entries) {
      Object question = entry instanceof Map<?, ?> map ? map.get("question") : entry;
      questions.add(
          question(
              question instanceof String written ? written : null,
              "entry " + (questions.size() + 1)));
    }
    return questions;
  }

  private List<String> jsonLines(String text) {
    List<String> questions = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        questions.add(question(jsonQuestion(line, number), "line " + number));
      }
    }
    return questions;
  }

  private @Nullable String jsonQuestion(String line, int number) {
    try {
      JsonNode question = MAPPER.readTree(line).path("question");
      return question.isString() ? question.stringValue() : null;
    } catch (JacksonException _) {
      throw unreadable(
          "line " + number + " is not JSON", "write {\"question\": \"…\"} to each line");
    }
  }

  private String question(@Nullable String written, String where) {
    if (written == null || written.isBlank()) {
      throw unreadable(where + " has no text 'question'", "give it one, or remove it");
    }
    return written.strip();
  }

  private FailureException unreadable(String why, String remedy) {
    return new FailureException(
        Failure.Kind.USAGE, "the questions in " + file + " cannot be read: " + why, remedy);
  }
}
