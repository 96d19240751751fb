package dev.ragstream.cli;

import dev.ragstream.eval.ParityReport;
import dev.ragstream.eval.ParityReport.Comparison;
import dev.ragstream.eval.ParityReport.Row;
import dev.ragstream.eval.ParityReport.Summary;
import dev.ragstream.eval.RankAgreement;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/**
 * A parity report for people: a row for each question with the modes beside each other, cut to the
 * terminal's width, and a table of the means.
 */
record ParityText(ParityReport report, Style style, int columns) {

  private static final int CELLS = 16;
  private static final String GAP = "   ";
  private static final int NARROWEST_QUESTION = 12;

  String text() {
    List<Summary> summaries = report.summaries();
    StringBuilder text = new StringBuilder();
    for (Summary each : summaries) {
      text.append(String.format(Locale.ROOT, "%-16s", ParityJson.name(each.mode()))).append(GAP);
    }
    text.append('\n');
    summaries.forEach(_ ->
        text.append(String.format(Locale.ROOT, "%4s  %5s  %3s", at(), "rbo", "≠")).append(GAP));
    text.append("question\n");
    int room = columns - summaries.size() * (CELLS + GAP.length());
    for (Row row : report.rows()) {
      row.modes().forEach(each -> text.append(cells(each)).append(GAP));
      String question = TerminalText.oneLine(row.question());
      text.append(cut(question, Math.max(NARROWEST_QUESTION, room))).append('\n');
    }
    text.append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%-7s  %9s  %5s  %5s  %5s  %4s\n",
            "mean",
            "questions",
            at(),
            "rbo",
            "first",
            "same"));
    summaries.forEach(each -> text.append(means(each)));
    return text.append(legend()).toString();
  }

  private String at() {
    return "@" + report.k();
  }

  private String cells(Comparison comparison) {
    RankAgreement agreement = comparison.agreement();
    Integer difference = agreement.firstDifference();
    String cells =
        String.format(
            Locale.ROOT,
            "%4.2f  %5.3f  %3s",
            agreement.overlap(),
            agreement.rankBiasedOverlap(),
            difference == null ? "–" : difference.toString());
    return difference == null ? cells : style.yellow(cells);
  }

  private static String means(Summary summary) {
    return String.format(
        Locale.ROOT,
        "%-7s  %9d  %5.3f  %5.3f  %5.3f  %4d\n",
        ParityJson.name(summary.mode()),
        summary.questions(),
        summary.overlap(),
        summary.rankBiasedOverlap(),
        summary.firstAgrees(),
        summary.same());
  }

  private String legend() {
    String agreement =
        "%s: share of the best %d that both find; rbo: rank-biased overlap, p = %s;"
            .formatted(at(), report.k(), RankAgreement.PERSISTENCE);
    String ranks = "≠: first rank that differs; first: the same best passage; same: all of them";
    return style.dim(agreement) + "\n" + style.dim(ranks) + "\n";
  }

  /** The text in as many columns; wide characters take two. */
  private static String cut(String text, int width) {
    int used = 0;
    int fits = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (used < width) {
        fits = i;
      }
      used += Math.max(0, WCWidth.wcwidth(text.codePointAt(i)));
    }
    return used <= width ? text : text.substring(0, fits) + "…";
  }
}
