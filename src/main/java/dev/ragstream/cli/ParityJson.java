package dev.ragstream.cli;

import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.eval.ParityReport;
import dev.ragstream.eval.ParityReport.Comparison;
import dev.ragstream.eval.ParityReport.Row;
import dev.ragstream.eval.ParityReport.Summary;
import dev.ragstream.eval.RankAgreement;
import dev.ragstream.render.JsonText;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A parity report as one JSON object, with the rankings themselves. */
final class ParityJson {

  private ParityJson() {}

  static String text(ParityReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("k", report.k()).put("persistence", RankAgreement.PERSISTENCE);
    ObjectNode means = root.putObject("means");
    report.summaries().forEach(each -> mean(means.putObject(name(each.mode())), each));
    ArrayNode questions = root.putArray("questions");
    for (Row row : report.rows()) {
      ObjectNode question = questions.addObject().put("question", row.question());
      row.modes().forEach(each -> comparison(question.putObject(name(each.mode())), each));
    }
    return JsonText.pretty(root);
  }

  /** As it is written in the settings. */
  static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static void mean(ObjectNode node, Summary summary) {
    node.put("questions", summary.questions())
        .put("overlap", rounded(summary.overlap()))
        .put("rankBiasedOverlap", rounded(summary.rankBiasedOverlap()))
        .put("firstAgrees", rounded(summary.firstAgrees()))
        .put("same", summary.same());
  }

  private static void comparison(ObjectNode node, Comparison comparison) {
    RankAgreement agreement = comparison.agreement();
    node.put("overlap", rounded(agreement.overlap()))
        .put("rankBiasedOverlap", rounded(agreement.rankBiasedOverlap()))
        .put("firstAgrees", agreement.firstAgrees());
    if (agreement.firstDifference() != null) {
      node.put("firstDifference", agreement.firstDifference());
    }
    ids(node.putArray("lucene"), comparison.lucene());
    ids(node.putArray("elasticsearch"), comparison.elasticsearch());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private static void ids(ArrayNode node, List<String> ids) {
    ids.forEach(node::add);
  }
}
