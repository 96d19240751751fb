package dev.ragstream.template;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Nearest;
import dev.ragstream.core.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads templates: the one that ragstream brings along, and those of the user. */
public final class TemplateLoader {

  /** What the standard template is called. */
  public static final String DEFAULT = "default";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TemplateLoader() {}

  /** The template that is used where the settings name no other. */
  public static Template standard() {
    try (InputStream in = TemplateLoader.class.getResourceAsStream("default.yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return new MessagesTemplate(DEFAULT, messages(DEFAULT, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A template of the user's: YAML with {@code messages} where the file ends in {@code .yaml} or
   * {@code .yml}, else the text of the user message.
   *
   * @throws FailureException of kind {@code TEMPLATE}; its problem points at the fault
   */
  public static Template load(Path file) {
    String name = String.valueOf(file.getFileName());
    String text = read(file);
    String lower = name.toLowerCase(Locale.ROOT);
    boolean yaml = lower.endsWith(".yaml") || lower.endsWith(".yml");
    return new MessagesTemplate(
        name,
        yaml
            ? messages(name, text)
            : List.of(
                new MessagesTemplate.Part(
                    Message.Role.USER, new MustacheText(name, text.stripTrailing()))));
  }

  /**
   * A template with another system text, which may use the same variables.
   *
   * @throws FailureException of kind {@code TEMPLATE}
   */
  public static Template withSystem(Template template, String system) {
    return new SystemOverride(template, new MustacheText("-s", system));
  }

  private static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw failure(file + " is a folder, not a template", "name the file in it");
    }
    try {
      String text = Files.readString(file);
      String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      if (plain.isBlank()) {
        throw failure("the template " + file + " is empty", "write the user message into it");
      }
      return plain;
    } catch (NoSuchFileException _) {
      throw failure("there is no template " + file, near(file) + "check prompt.template or -t");
    } catch (CharacterCodingException _) {
      throw failure("the template " + file + " is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      throw failure("the template " + file + " cannot be read: " + e, "check the file");
    }
  }

  /** What is called nearly so: a file beside it, or what ragstream brings along. */
  private static String near(Path file) {
    List<String> names = new ArrayList<>(List.of(DEFAULT));
    try (Stream<Path> beside = Files.list(file.resolveSibling(""))) {
      beside.map(path -> String.valueOf(path.getFileName())).sorted().forEach(names::add);
    } catch (IOException _) {
      // Then there is nothing beside it.
    }
    return Nearest.to(String.valueOf(file.getFileName()), names)
        .map("did you mean %s? "::formatted)
        .orElse("");
  }

  private static List<MessagesTemplate.Part> messages(String name, String text) {
    Object root = yaml(name, text);
    if (!(root instanceof Map<?, ?> map)
        || !(map.get("messages") instanceof List<?> list)
        || list.isEmpty()) {
      throw failure(
          "the template " + name + " has no list 'messages'",
          "write messages: [{role: system, content: …}, {role: user, content: …}]");
    }
    List<MessagesTemplate.Part> parts = new ArrayList<>();
    for (Object item : list) {
      String where = name + ", message " + (parts.size() + 1) + ",";
      if (!(item instanceof Map<?, ?> message)
          || !(message.get("content") instanceof String content)) {
        throw failure(
            "the template " + where + " has no text 'content'",
            "give each message a role and a content");
      }
      parts.add(
          new MessagesTemplate.Part(
              role(where, message.get("role")), new MustacheText(where, content)));
    }
    return parts;
  }

  private static Message.Role role(String where, @Nullable Object role) {
    for (Message.Role known : Message.Role.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(role)) {
        return known;
      }
    }
    throw failure(
        "the template " + where + " has " + (role == null ? "no role" : "the role '" + role + "'"),
        "a role is one of system, user, assistant");
  }

  private static @Nullable Object yaml(String name, String text) {
    try {
      return new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(mark -> ", line " + (mark.getLine() + 1) + ":\n" + mark.createSnippet())
              .orElse("");
      throw failure(
          "the template " + name + " is not valid YAML: " + e.getProblem() + where,
          "check the indentation; a long text needs '|' after its key");
    } catch (StackOverflowError _) {
      // The parser calls itself for each level.
      throw failure("the template " + name + " is not valid YAML: too deep", "check the brackets");
    } catch (YamlEngineException e) {
      throw failure(
          "the template " + name + " is not valid YAML: " + e.getMessage(), "check the file");
    }
  }

  private static FailureException failure(String problem, String remedy) {
    return new FailureException(Failure.Kind.TEMPLATE, problem, remedy);
  }
}
