package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import dev.ragstream.faults.Fault;
import dev.ragstream.faults.Fault.Outcome.Cancels;
import dev.ragstream.faults.Fault.Outcome.Completes;
import dev.ragstream.faults.Fault.Outcome.Fails;
import dev.ragstream.faults.FaultTable;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** docs/faults.md, made from the table that the tests play. */
final class FaultsPage {

  private static final Timings NO_TIME = new Timings(0, -1, 0);

  private static final String HEAD =
      """
      # What can go wrong while a model answers

      Each row is a test: a scripted server (or the reader) does what the row says, through the whole pipeline, with each provider
      that has a ✓; – means that it cannot happen there. Every run ends in exactly one event, `completed`, `cancelled` or `failed`,
      always the last one; what came before it stays; and no key is in anything that is shown. This page is written by
      `scripts/docs` from the tests' own table.

      Where messages hold `URL`, `MODEL` and `$KEY`, they name what was asked, the setting `llm.model` and the variable of the key;
      … is text that differs, such as the provider's own words.
      """;

  private FaultsPage() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    FaultTable.all()
        .forEach((heading, rows) -> {
          page.append("\n## ").append(heading).append("\n\n");
          table(page, rows);
        });
    return page.toString();
  }

  private static void table(StringBuilder page, List<Fault> rows) {
    List<ProviderFixture> providers = ProviderFixtures.all();
    List<String> head = new ArrayList<>(List.of("what happens", "how it ends", "exit code"));
    providers.forEach(provider -> head.add(provider.name()));
    head.add("what the user is told");
    row(page, head);
    row(page, head.stream().map(_ -> "---").toList());
    for (Fault fault : rows) {
      List<String> cells =
          new ArrayList<>(
              List.of(escaped(fault.name()), ending(fault), Integer.toString(exitCode(fault))));
      for (ProviderFixture provider : providers) {
        cells.add(fault.concerns().test(provider) ? "✓" : "–");
      }
      cells.add(told(fault));
      row(page, cells);
    }
  }

  private static void row(StringBuilder page, List<String> cells) {
    page.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String ending(Fault fault) {
    String kept =
        fault.expected().text().isEmpty() && fault.expected().reasoning().isEmpty()
            ? ""
            : ", what came is kept";
    return switch (fault.expected().outcome()) {
      case Completes _ -> "`completed`";
      case Cancels(var within) ->
          "`cancelled`, the connection is closed within " + within.toSeconds() + " s" + kept;
      case Fails(var kind, var _, var _) -> "`failed`: `" + kind.wireName() + "`" + kept;
    };
  }

  private static int exitCode(Fault fault) {
    return switch (fault.expected().outcome()) {
      case Completes(String reason) ->
          ExitCode.of(new Completed(reason, List.of(), Usage.UNKNOWN, null, NO_TIME));
      case Cancels _ -> ExitCode.of(new Cancelled(NO_TIME));
      case Fails(var kind, String problem, String remedy) ->
          ExitCode.of(new Failure(kind, problem, remedy));
    };
  }

  private static String told(Fault fault) {
    List<String> sentences = new ArrayList<>(fault.expected().notices());
    if (fault.expected().outcome() instanceof Fails(var _, String problem, String remedy)) {
      sentences.add(problem + " → " + remedy);
    }
    return sentences.stream().map(FaultsPage::message).collect(Collectors.joining("<br>"));
  }

  private static String message(String pattern) {
    String text =
        pattern.replace("{url}", "URL").replace("{model}", "MODEL").replace("{key}", "$KEY");
    return escaped(text.replaceAll("x{20,}", "xxx…"));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("<", "\\<").replace("|", "\\|");
  }
}
