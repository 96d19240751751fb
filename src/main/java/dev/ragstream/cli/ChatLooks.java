package dev.ragstream.cli;

import dev.ragstream.cli.ChatCommands.Command;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.journal.Run;
import dev.ragstream.render.AnswerFacts;
import dev.ragstream.render.PromptText;
import dev.ragstream.render.RetrievalFormats;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/** The commands of a chat that show where an answer came from. */
final class ChatLooks {

  private final ChatRoom room;
  private final PrintStream out;
  private final IntSupplier columns;

  /**
   * @param columns the width by now
   */
  ChatLooks(ChatRoom room, PrintStream out, IntSupplier columns) {
    this.room = room;
    this.out = out;
    this.columns = columns;
  }

  private Style style() {
    Style style = room.root().style().within(columns.getAsInt());
    return room.root().linking(style, room.setup().settings());
  }

  List<Command> commands() {
    return List.of(
        new Command("prompt", "", "what the model was sent, with its ledger", _ -> prompt()),
        new Command("sources", "[N]", "the sources; the text of the Nth", this::sources),
        new Command("explain", "", "why these passages: ranks and scores", _ -> explain()),
        new Command("reasoning", "", "what the model thought aloud", _ -> reasoning()),
        new Command("diff", "", "the last two answers, prompts and all", _ -> diff()));
  }

  private void prompt() {
    out.print(PromptText.of(built(), style()));
  }

  private Prompt built() {
    return room.lastRun().prompt().orElseThrow(() -> none("prompt"));
  }

  private void sources(String wanted) {
    if (wanted.isEmpty()) {
      Run run = room.lastRun();
      List<Integer> cited =
          run.ending().orElse(null) instanceof Completed completed
              ? completed.citations()
              : List.of();
      AnswerFacts.sources(built(), cited, style()).forEach(out::println);
      return;
    }
    Retrieval found = found();
    Passage passage =
        found.passages().stream()
            .filter(each -> Integer.toString(each.n()).equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                new FailureException(
                    Failure.Kind.USAGE,
                    "there is no passage " + wanted,
                    found.passages().isEmpty()
                        ? "nothing was found for the last question"
                        : "there are those from 1 to " + found.passages().size()));
    String title = passage.chunk().title();
    out.print(
        PromptText.rule(
            "[%d] %s%s"
                .formatted(
                    passage.n(),
                    TerminalText.oneLine(passage.chunk().id()),
                    title.isEmpty() ? "" : " — " + TerminalText.oneLine(title)),
            style()));
    out.println(style().wrapped(TerminalText.safe(passage.chunk().text().stripTrailing()), ""));
  }

  private void explain() {
    Retrieval found = found();
    out.println(style().wrapped("looked for: " + TerminalText.oneLine(found.query()), "  "));
    out.println();
    out.print(RetrievalFormats.text(style(), true).write(found.aboveMinScore()));
  }

  private Retrieval found() {
    return room.lastRun().retrieval().orElseThrow(() -> none("retrieval"));
  }

  private void reasoning() {
    String reasoning = room.lastRun().reasoning();
    if (reasoning.isEmpty()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "the model did not think aloud",
          "name one that does: /model ollama:deepseek-r1");
    }
    out.println(style().wrapped(style().dim(TerminalText.safe(reasoning.strip())), ""));
  }

  private void diff() {
    List<Run> runs = room.runs();
    if (runs.size() < 2) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "two answers are needed to compare",
          "ask again with something else: /set topK 8, then /retry");
    }
    out.print(RunDiffText.of(new RunDiff(runs.get(runs.size() - 2), runs.getLast()), style()));
  }

  private static FailureException none(String what) {
    return new FailureException(
        Failure.Kind.USAGE,
        "the last question failed before there was a " + what,
        "/retry asks it again");
  }
}
