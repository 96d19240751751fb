package dev.ragstream.template;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Template files, and values to render them with. */
record TemplateFolder(Path folder) {

  static final String FENCE = "0badc0de";

  static final Template.Values NOTHING_FOUND =
      new Template.Values("Rain?", List.of(), List.of(), FENCE);

  static final Template.Values TWO_FOUND =
      new Template.Values(
          "Rain?",
          List.of(new Message(Role.USER, "Hello"), new Message(Role.ASSISTANT, "Hi")),
          List.of(
              excerpt(1, "today.md", "Today › North", "It rains.", Map.of("lang", "en")),
              excerpt(2, "old.md", "", "It was dry.", Map.of())),
          FENCE);

  static Excerpt excerpt(
      int n, String source, String title, String text, Map<String, String> metadata) {
    Chunk chunk = new Chunk(source + "#0", source, title, text, metadata);
    return new Excerpt(new Passage(n, chunk, 1.0 / n, null, null), text);
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Template load(String name, String text) {
    return TemplateLoader.load(write(name, text));
  }

  /** The user message that a plain text makes of two passages. */
  String rendered(String text) {
    return load("plain.txt", text).render(TWO_FOUND).getLast().content();
  }

  Failure failure(String name, String text) {
    return failure(() -> load(name, text).render(TWO_FOUND));
  }

  static Failure failure(Runnable action) {
    FailureException thrown = catchThrowableOfType(FailureException.class, action::run);
    return thrown.failure();
  }
}
