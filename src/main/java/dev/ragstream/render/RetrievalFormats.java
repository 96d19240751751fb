package dev.ragstream.render;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Reranked;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.ReciprocalRankFusion;
import dev.ragstream.core.Retrieval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of {@code ragstream search}. */
public final class RetrievalFormats {

  private static final int SNIPPET = 280;
  private static final int BAR_WIDTH = 20;
  private static final String INDENT = "    ";

  /** What would end a cell, or show a text as something else: a link, an image, an element. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\|`*\\[\\]<]");

  private RetrievalFormats() {}

  /**
   * For people.
   *
   * @param explained whether ranks, scores and the fusion sum are spelt out
   */
  public static RetrievalFormat text(Style style, boolean explained) {
    return retrieval ->
        retrieval.passages().isEmpty()
            ? "nothing found\n"
            : retrieval.passages().stream()
                .map(passage -> text(passage, retrieval, style, explained))
                .collect(Collectors.joining("\n"));
  }

  /** One object, as in the event {@code retrieved}. */
  public static RetrievalFormat json() {
    return retrieval -> JsonText.pretty(EventJson.retrieved(retrieval));
  }

  /**
   * One row a passage; cells that a spreadsheet would take for a formula are quoted with an
   * apostrophe.
   */
  public static RetrievalFormat csv() {
    return RetrievalFormats::csv;
  }

  /** A table, for notes and pull requests. */
  public static RetrievalFormat markdown() {
    return RetrievalFormats::markdown;
  }

  private static String text(Passage passage, Retrieval retrieval, Style style, boolean explained) {
    StringBuilder text = new StringBuilder();
    if (!passage.chunk().title().isEmpty()) {
      text.append(INDENT)
          .append(style.bold(TerminalText.oneLine(passage.chunk().title())))
          .append('\n');
    }
    text.append(INDENT).append(snippet(passage.chunk().text())).append('\n');
    text.append(
        explained
            ? explanation(passage, retrieval.options().mode()) + explain(passage.rerank())
            : evidence(passage, style));
    return heading(passage, retrieval, style, explained) + style.wrapped(text.toString(), INDENT);
  }

  private static String heading(
      Passage passage, Retrieval retrieval, Style style, boolean explained) {
    String score = score(passage.score());
    int room = style.columns() - 1 - INDENT.length() - 2 - score.length();
    String id = TextWidth.shortened(TerminalText.oneLine(passage.chunk().id()), room);
    return style.bold(String.format(Locale.ROOT, "%2d", passage.n()))
        + "  "
        + style.link(style.cyan(id), passage.chunk().source())
        + "  "
        + score
        + (explained && style.ansi()
            ? bar(passage, retrieval, Bar.width(room - TextWidth.of(id) - 2, BAR_WIDTH), style)
            : "")
        + "\n";
  }

  /** How near a passage comes to the best one. */
  private static String bar(Passage passage, Retrieval retrieval, int width, Style style) {
    double best =
        retrieval.passages().stream().mapToDouble(Passage::score).max().orElse(passage.score());
    String bar = best > 0 ? Bar.of(passage.score() / best, width).stripTrailing() : "";
    return bar.isEmpty() ? "" : "  " + style.cyan(bar);
  }

  private static String evidence(Passage passage, Style style) {
    return INDENT
        + style.dim(
            "lexical "
                + brief(passage.lexical())
                + " · vector "
                + brief(passage.vector())
                + brief(passage.rerank()))
        + "\n";
  }

  private static String brief(@Nullable Standing standing) {
    return standing == null ? "–" : "#" + standing.rank() + " (" + score(standing.score()) + ")";
  }

  private static String brief(@Nullable Reranked rerank) {
    return rerank == null
        ? ""
        : " · rerank #%d → #%d (%s)"
            .formatted(rerank.before(), rerank.rank(), score(rerank.score()));
  }

  private static String explain(@Nullable Reranked rerank) {
    return rerank == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%srerank   rank %d → %d, score %.4f\n",
            INDENT,
            rerank.before(),
            rerank.rank(),
            rerank.score());
  }

  private static String explanation(Passage passage, Retrieval.Mode mode) {
    return switch (mode) {
      case LEXICAL -> explain("lexical", "BM25", passage.lexical()) + "\n";
      case VECTOR -> explain("vector", "cosine", passage.vector()) + "\n";
      case HYBRID ->
          explain("lexical", "BM25", passage.lexical())
              + share(passage.lexical())
              + explain("vector", "cosine", passage.vector())
              + share(passage.vector())
              + String.format(Locale.ROOT, "%-52s%.5f\n", INDENT + "fused    sum", passage.score());
    };
  }

  private static String explain(String name, String scale, @Nullable Standing standing) {
    return standing == null
        ? String.format(Locale.ROOT, "%s%-8s not among the candidates", INDENT, name)
        : String.format(
            Locale.ROOT,
            "%s%-8s rank %-4d %-6s %8.4f",
            INDENT,
            name,
            standing.rank(),
            scale,
            standing.score());
  }

  private static String share(@Nullable Standing standing) {
    if (standing == null) {
      return "\n";
    }
    String quotient = "1/(" + ReciprocalRankFusion.K + "+" + standing.rank() + ")";
    return String.format(
        Locale.ROOT, "  %-9s = %.5f\n", quotient, ReciprocalRankFusion.share(standing));
  }

  private static String snippet(String text) {
    String line = TerminalText.oneLine(text);
    if (line.length() <= SNIPPET) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(SNIPPET - 1)) ? SNIPPET - 1 : SNIPPET;
    return line.substring(0, end) + "…";
  }

  private static String score(double score) {
    return String.format(Locale.ROOT, Math.abs(score) < 0.1 ? "%.5f" : "%.4f", score);
  }

  private static String csv(Retrieval retrieval) {
    StringWriter rows = new StringWriter();
    // What the writer buffers is there once it is closed.
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(rows)) {
      writer.writeRecord(
          "n",
          "id",
          "source",
          "title",
          "score",
          "lexical_rank",
          "lexical_score",
          "vector_rank",
          "vector_score",
          "text",
          "rerank_before",
          "rerank_score");
      for (Passage passage : retrieval.passages()) {
        Reranked rerank = passage.rerank();
        writer.writeRecord(
            Integer.toString(passage.n()),
            guarded(passage.chunk().id()),
            guarded(passage.chunk().source()),
            guarded(passage.chunk().title()),
            Double.toString(passage.score()),
            rank(passage.lexical()),
            score(passage.lexical()),
            rank(passage.vector()),
            score(passage.vector()),
            guarded(passage.chunk().text()),
            rerank == null ? "" : Integer.toString(rerank.before()),
            rerank == null ? "" : Double.toString(rerank.score()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.toString();
  }

  private static String guarded(String text) {
    String cell = TerminalText.safe(text);
    boolean formula = !cell.isEmpty() && "=+-@\t".indexOf(cell.charAt(0)) >= 0;
    return formula ? "'" + cell : cell;
  }

  private static String rank(@Nullable Standing standing) {
    return standing == null ? "" : Integer.toString(standing.rank());
  }

  private static String score(@Nullable Standing standing) {
    return standing == null ? "" : Double.toString(standing.score());
  }

  private static String markdown(Retrieval retrieval) {
    StringBuilder table =
        new StringBuilder("| # | passage | score | lexical | vector | text |\n")
            .append("| --- | --- | --- | --- | --- | --- |\n");
    for (Passage passage : retrieval.passages()) {
      table
          .append("| ")
          .append(passage.n())
          .append(" | ")
          .append(cell(passage.chunk().id()))
          .append(" | ")
          .append(score(passage.score()))
          .append(" | ")
          .append(brief(passage.lexical()))
          .append(" | ")
          .append(brief(passage.vector()))
          .append(" | ")
          .append(cell(snippet(passage.chunk().text())))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(String text) {
    return MARKUP.matcher(TerminalText.oneLine(text)).replaceAll("\\\\$0");
  }
}
