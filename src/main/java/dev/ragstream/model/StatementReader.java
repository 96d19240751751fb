package dev.ragstream.model;

import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Reads an excerpt's statements: the sentences of its paragraphs and list items, and the rows of
 * its tables as {@code column: value} pairs. Text that is not Markdown is a paragraph to it.
 */
final class StatementReader {

  private static final Parser MARKDOWN =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private static final Pattern QUESTION = Pattern.compile(".*[?？][\"”’」』)）*]*", Pattern.DOTALL);

  /** A task's box, or what parts the two halves of a question-and-answer record. */
  private static final Pattern LABEL =
      Pattern.compile(
          "^(?:\\[[ xX]]|(?:question|answer|q|a|问题?|答案?|回答)\\s*[:：])\\s*",
          Pattern.CASE_INSENSITIVE);

  /** A sentence with no more letters, a mere "Yes.", goes with the one after it. */
  private static final int BRIEF = 4;

  /** In an answer, a footnote of the document would pass for a citation of ours. */
  private static final Pattern FOOTNOTE =
      Pattern.compile("\\h?[\\[【]\\s*\\d{1,4}(?:\\s*[,、，]\\s*\\d{1,4})*\\s*[\\]】]");

  private static final Pattern BETWEEN_IDEOGRAPHS =
      Pattern.compile("(?<=[\\p{IsHan}\\p{IsPunctuation}])\\s+(?=\\p{IsHan})");

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private StatementReader() {}

  static List<Statement> read(Excerpt excerpt) {
    Collector collector = new Collector(excerpt);
    MARKDOWN.parse(excerpt.text()).accept(collector);
    return collector.statements;
  }

  private static final class Collector extends AbstractVisitor {

    private final Excerpt excerpt;
    private final List<Statement> statements = new ArrayList<>();
    private String question = "";

    Collector(Excerpt excerpt) {
      this.excerpt = excerpt;
    }

    @Override
    public void visit(Heading heading) {
      String text = plain(inline(heading));
      question = isQuestion(text) ? text : "";
    }

    @Override
    public void visit(Paragraph paragraph) {
      prose(inline(paragraph));
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      prose(block.getLiteral());
    }

    @Override
    public void visit(CustomBlock block) {
      if (block instanceof TableBlock) {
        table(block);
      } else {
        visitChildren(block);
      }
    }

    private void prose(String text) {
      String brief = "";
      for (String sentence : Sentences.of(text)) {
        String plain = brief + LABEL.matcher(plain(unpiped(sentence))).replaceFirst("");
        brief = "";
        if (isQuestion(plain)) {
          question = plain;
        } else if (isBrief(plain)) {
          brief = Words.ideographic(plain) ? plain : plain + " ";
        } else {
          add(plain);
        }
      }
      add(brief.strip());
    }

    private void table(Node table) {
      List<String> columns = List.of();
      for (Node part : children(table)) {
        for (Node row : children(part)) {
          List<String> cells = children(row).stream().map(cell -> plain(inline(cell))).toList();
          if (part instanceof TableHead) {
            columns = cells;
          } else if (part instanceof TableBody) {
            add(pairs(columns, cells));
          }
        }
      }
    }

    private void add(String text) {
      if (letters(text) > 0) {
        statements.add(new Statement(excerpt, statements.size(), question, text));
        question = "";
      }
    }
  }

  private static boolean isBrief(String text) {
    long letters = letters(text);
    return letters > 0 && letters <= BRIEF && ".!。！".indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  private static long letters(String text) {
    return text.codePoints().filter(Character::isLetterOrDigit).count();
  }

  private static boolean isQuestion(String text) {
    return QUESTION.matcher(text).matches();
  }

  private static String pairs(List<String> columns, List<String> cells) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String column = i < columns.size() ? columns.get(i) : "";
      if (!cells.get(i).isEmpty()) {
        pairs.add(column.isEmpty() ? cells.get(i) : column + ": " + cells.get(i));
      }
    }
    return String.join("; ", pairs);
  }

  /** A table row whose head was cut off is a paragraph to the parser. */
  private static String unpiped(String sentence) {
    String row = sentence.strip();
    if (!row.startsWith("|")) {
      return row;
    }
    return Stream.of(row.split("\\|", -1))
        .map(String::strip)
        .filter(cell -> !cell.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String plain(String text) {
    String oneLine = SPACES.matcher(FOOTNOTE.matcher(text).replaceAll("")).replaceAll(" ");
    return BETWEEN_IDEOGRAPHS.matcher(oneLine).replaceAll("").strip();
  }

  private static String inline(Node block) {
    StringBuilder text = new StringBuilder();
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Paragraph paragraph) {
            visitChildren(paragraph);
          }

          @Override
          public void visit(Text node) {
            text.append(node.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append('`').append(code.getLiteral()).append('`');
          }

          @Override
          public void visit(SoftLineBreak lineBreak) {
            text.append('\n');
          }

          @Override
          public void visit(HardLineBreak lineBreak) {
            text.append('\n');
          }
        });
    return text.toString();
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }
}
