package dev.ragstream.cli;

import dev.ragstream.cli.RunDiff.Pair;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Usage;
import dev.ragstream.journal.Run;
import dev.ragstream.journal.RunJson;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonText;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two runs as one JSON object: {@code a}, {@code b}, the parts that differ by name, and the
 * differences of each.
 */
final class RunDiffJson {

  private RunDiffJson() {}

  static String text(RunDiff diff) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("a", run(diff.a()));
    root.set("b", run(diff.b()));
    ArrayNode differs = root.putArray("differs");
    names(diff).forEach(differs::add);
    ObjectNode differences = root.putObject("differences");
    ArrayNode settings = differences.putArray("settings");
    for (Pair<String> pair : diff.settings()) {
      settings.addObject().put("name", pair.name()).put("a", pair.a()).put("b", pair.b());
    }
    ArrayNode passages = differences.putArray("passages");
    for (Pair<Integer> pair : diff.passages()) {
      if (!pair.same()) {
        passages.addObject().put("id", pair.name()).put("a", pair.a()).put("b", pair.b());
      }
    }
    lines(differences.putArray("prompt"), diff.prompt());
    lines(differences.putArray("answer"), diff.answer());
    return JsonText.pretty(root);
  }

  private static List<String> names(RunDiff diff) {
    Run a = diff.a();
    Run b = diff.b();
    return List.of(
            new Pair<Object>("model", a.start().model(), b.start().model()),
            new Pair<Object>("question", a.start().question(), b.start().question()),
            new Pair<Object>("settings", List.of(), diff.settings()),
            new Pair<Object>("passages", true, diff.passages().stream().allMatch(Pair::same)),
            new Pair<Object>(
                "prompt",
                a.prompt().isPresent(),
                b.prompt().isPresent() && diff.prompt().isEmpty()),
            new Pair<Object>("answer", a.answer(), b.answer()),
            new Pair<Object>("usage", RunDiff.usage(a), RunDiff.usage(b)))
        .stream()
        .filter(pair -> !pair.same())
        .map(Pair::name)
        .toList();
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = RunJson.summary(run.summary());
    ArrayNode passages = node.putArray("passages");
    run.retrieval()
        .ifPresent(found ->
            found
                .passages()
                .forEach(passage ->
                    passages.addObject().put("n", passage.n()).put("id", passage.chunk().id())));
    run.prompt().ifPresent(prompt -> node.set("prompt", prompt(prompt)));
    node.put("answer", run.answer());
    Usage usage = RunDiff.usage(run);
    if (!usage.equals(Usage.UNKNOWN)) {
      node.putObject("usage")
          .put("promptTokens", usage.promptTokens())
          .put("completionTokens", usage.completionTokens());
    }
    return node;
  }

  private static ObjectNode prompt(Prompt prompt) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("template", prompt.template())
            .put("tokens", prompt.ledger().total());
    node.set("messages", EventJson.messages(prompt.messages()));
    return node;
  }

  private static void lines(ArrayNode node, List<String> lines) {
    lines.forEach(node::add);
  }
}
