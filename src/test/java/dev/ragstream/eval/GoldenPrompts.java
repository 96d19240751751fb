package dev.ragstream.eval;

import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Passage;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Question;
import dev.ragstream.core.Samples;
import dev.ragstream.core.Template;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Golden prompts of passages, made as the pipeline makes them. */
final class GoldenPrompts {

  static final String QUESTION = "Should I carry an umbrella?";

  private GoldenPrompts() {}

  /** Passages in order, each {@code source: text}. */
  static GoldenPrompt of(Template template, String question, String... passages) {
    List<Passage> numbered =
        IntStream.range(0, passages.length)
            .mapToObj(i -> {
              String[] parts = passages[i].split(": ", 2);
              return Samples.passage(i + 1, parts[0] + "#0", "", parts[1]);
            })
            .toList();
    return GoldenPrompt.of(
        new PromptBuilder(template, Samples::words, 2000, 100)
            .build(new Question(question), Samples.retrieval(numbered)));
  }

  static GoldenPrompt of(String... passages) {
    return of(new Fenced("Answer from the passages."), QUESTION, passages);
  }

  /** A template like the one that comes along. */
  record Fenced(String system) implements Template {

    @Override
    public String name() {
      return "fenced";
    }

    @Override
    public List<Message> render(Values values) {
      String context =
          values.excerpts().stream()
              .map(excerpt -> excerpt.fenced(values.fence()))
              .collect(Collectors.joining("\n\n"));
      return List.of(
          new Message(Role.SYSTEM, system),
          new Message(
              Role.USER,
              "The code is "
                  + values.fence()
                  + ".\n\n"
                  + context
                  + "\n\nQuestion: "
                  + values.question()));
    }
  }

  /** A template with delimiters of its own. */
  record Numbered() implements Template {

    @Override
    public String name() {
      return "numbered";
    }

    @Override
    public List<Message> render(Values values) {
      String context =
          values.excerpts().stream()
              .map(excerpt -> "(" + excerpt.passage().n() + ") " + excerpt.text() + "\n")
              .collect(Collectors.joining());
      return List.of(new Message(Role.USER, "Facts:\n" + context + "Now: " + values.question()));
    }
  }
}
