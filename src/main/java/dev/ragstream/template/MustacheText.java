package dev.ragstream.template;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text with variables. Names are checked when it is read, so that a mistake shows even where a
 * section would not have been rendered.
 */
final class MustacheText {

  /** {@code metadata.KEY}; a passage without it shows nothing there. */
  static final String METADATA = "metadata.";

  /** What Mustache itself defines inside a section. */
  private static final Set<String> SPECIAL = Set.of("this", ".", "-first", "-last", "-index");

  /** How Mustache says where. */
  private static final Pattern PLACE = Pattern.compile("@ line (\\d+)");

  private static final Pattern LINE = Pattern.compile("\\R");

  private static final Pattern WIDE =
      Pattern.compile(
          "[\\p{IsIdeographic}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}"
              + "\u3001-\u303F\uFF01-\uFF60]");

  private static final Pattern NARROW = Pattern.compile("[^\t\u3000]");

  private final String template;
  private final String text;
  private final Vocabulary vocabulary;
  private final Template compiled;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * @param template whose text it is, for messages
   * @throws FailureException of kind {@code TEMPLATE}
   */
  MustacheText(String template, String text) {
    this(template, text, Vocabulary.PROMPT);
  }

  /**
   * @param template whose text it is, for messages
   * @throws FailureException of kind {@code TEMPLATE}
   */
  MustacheText(String template, String text, Vocabulary vocabulary) {
    this.template = template;
    this.text = text;
    this.vocabulary = vocabulary;
    try {
      compiled =
          Mustache.compiler()
              .withEscaper(vocabulary.escaper())
              .emptyStringIsFalse(true)
              .withCollector(new MapsOnly())
              .compile(text);
    } catch (MustacheParseException e) {
      throw new FailureException(
          Failure.Kind.TEMPLATE,
          "the template "
              + template
              + " does not parse: "
              + PLACE.matcher(String.valueOf(e.getMessage())).replaceAll("(line $1)"),
          "close each section {{#name}} with {{/name}}");
    }
    compiled.visit(new Names());
    names.forEach(this::requireKnown);
  }

  boolean uses(String name) {
    return names.contains(name);
  }

  String render(Map<String, Object> variables) {
    try {
      return compiled.execute(variables);
    } catch (MustacheException.Context e) {
      throw failure(e.key, "which has no value here");
    }
  }

  private void requireKnown(String name) {
    if (!vocabulary.knows(name) && !SPECIAL.contains(name)) {
      throw failure(name, "which is unknown");
    }
  }

  private FailureException failure(String name, String what) {
    String nearest =
        Nearest.to(name, vocabulary.names())
            .map(known -> "did you mean '" + known + "'? ")
            .orElse("");
    return new FailureException(
        Failure.Kind.TEMPLATE,
        "the template " + template + " uses '" + name + "', " + what + pointer(name),
        nearest + "the variables are " + vocabulary.described());
  }

  /** The line that names the variable, and a caret below it. */
  private String pointer(String name) {
    Matcher tag =
        Pattern.compile("\\{\\{[{#^/&><$]?\\s*(" + Pattern.quote(name) + ")(?:\\.[^}]*)?\\s*}}")
            .matcher(text);
    return tag.find() ? pointer(tag.start(1)) : "";
  }

  private String pointer(int at) {
    int line = (int) LINE.matcher(text.substring(0, at)).results().count() + 1;
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', at);
    String shown = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
    return " (line " + line + "):\n  " + shown + "\n  " + blank(text.substring(start, at)) + "^";
  }

  /** White space as wide as the text: a sign of a script with wide signs takes two columns. */
  private static String blank(String before) {
    return NARROW.matcher(WIDE.matcher(before).replaceAll("\u3000")).replaceAll(" ");
  }

  /** Values come from maps and lists alone: no method, field or class of an object can be named. */
  private static final class MapsOnly extends BasicCollector {

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new HashMap<>();
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      if (name.startsWith(METADATA) && context instanceof Map<?, ?>) {
        return (passage, key) -> metadata((Map<?, ?>) passage, key.substring(METADATA.length()));
      }
      return super.createFetcher(context, name);
    }

    private static Object metadata(Map<?, ?> passage, String key) {
      if (!(passage.get("metadata") instanceof Map<?, ?> metadata)) {
        return Template.NO_FETCHER_FOUND;
      }
      Object value = metadata.get(key);
      return value == null ? "" : value;
    }
  }

  private final class Names implements Mustache.Visitor {

    @Override
    public void visitText(String words) {
      if (words.contains("{{") && !text.contains("{{=")) {
        throw new FailureException(
            Failure.Kind.TEMPLATE,
            "the template "
                + template
                + " opens a variable that it does not close"
                + pointer(text.lastIndexOf("{{")),
            "close each variable with }}");
      }
    }

    @Override
    public void visitVariable(String name) {
      names.add(name);
    }

    @Override
    public boolean visitInclude(String name) {
      throw new FailureException(
          Failure.Kind.TEMPLATE,
          "the template " + template + " includes '" + name + "'" + pointer(name),
          "templates stand alone: put the text of the other file in its place");
    }

    @Override
    public boolean visitParent(String name) {
      return visitInclude(name);
    }

    @Override
    public boolean visitBlock(String name) {
      return visitInclude(name);
    }

    @Override
    public boolean visitSection(String name) {
      names.add(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      names.add(name);
      return true;
    }
  }
}
