package dev.ragstream.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses the text of a settings file, and points at what is no YAML. */
final class SettingsYaml {

  private static final int DEEPEST = 16;
  private static final int MOST_ALIASES = 50;

  private static final LoadSettings LOADING =
      LoadSettings.builder().setSchema(new CoreSchema()).build();

  private SettingsYaml() {}

  /** The document; empty for an empty file, and after a problem. */
  static Optional<Node> parse(String text, String shown, Problems problems) {
    try {
      return withinLimits(text, shown, problems)
          ? new Compose(LOADING).composeString(text)
          : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      Caret caret = Caret.at(place(e, text), text);
      problems.add(
          "%s:%d:%d".formatted(shown, caret.line(), caret.column()),
          "this is not YAML: %s\n%s".formatted(problem(e), caret.drawing()),
          caret.remedy());
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      problems.add(
          new Origin.FileLine(shown, line),
          "holds the control character U+%04X".formatted(e.getCodePoint()),
          "remove it");
    }
    return Optional.empty();
  }

  /** Counts first, since composing goes as deep as the text does and follows each alias. */
  private static boolean withinLimits(String text, String shown, Problems problems) {
    int depth = 0;
    int aliases = 0;
    for (Event event : new Parse(LOADING).parseString(text)) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      aliases += event instanceof AliasEvent ? 1 : 0;
      if (depth > DEEPEST || aliases > MOST_ALIASES) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        problems.add(
            new Origin.FileLine(shown, line),
            depth > DEEPEST
                ? "is nested more than %d levels deep".formatted(DEEPEST)
                : "holds more than %d aliases".formatted(MOST_ALIASES),
            "write it out flat");
        return false;
      }
    }
    return true;
  }

  /** In the parser's words, without its guess at a remedy. */
  private static String problem(MarkedYamlEngineException e) {
    String problem = e.getProblem().replaceFirst("\\. \\(Do not use.*", "");
    return problem.startsWith("but ") ? e.getContext() + ", " + problem : problem;
  }

  /** Where the fault is; for something left open, where it begins. */
  private static Mark place(MarkedYamlEngineException e, String text) {
    Optional<Mark> problem =
        e.getProblemMark().filter(mark -> mark.getIndex() < text.stripTrailing().length());
    return problem.or(e::getContextMark).or(e::getProblemMark).orElseThrow(() -> e);
  }
}
