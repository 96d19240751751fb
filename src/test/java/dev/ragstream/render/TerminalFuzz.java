package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Finding;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Any text, wherever a document, a model or a server may put one, and all that people are shown of
 * it. {@code scripts/fuzz} lets Jazzer look for a text that gets through to the terminal.
 */
public final class TerminalFuzz {

  /** Colours and weights, which {@link Style} adds. */
  private static final Pattern OWN = Pattern.compile("\\x1b\\[\\d{1,2}(;\\d{1,2})*m");

  private static final Pattern HARMFUL = Pattern.compile(TerminalTextTest.HARMFUL);
  private static final Timings TIMINGS = new Timings(1, 2, 3);

  private TerminalFuzz() {}

  /** What Jazzer calls; throws where something harmful is shown. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    String text =
        new String(
            rest, (input[0] & 0x80) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
    check(text, 1 + (input[0] & 0x7F));
  }

  /**
   * @param piece how many characters of the answer come at once
   */
  static void check(String text, int piece) {
    for (Style style : List.of(Style.PLAIN, Style.ANSI)) {
      String shown = shown(text, piece, style);
      String rest = style.ansi() ? OWN.matcher(shown).replaceAll("") : shown;
      if (HARMFUL.matcher(rest).matches()) {
        throw new AssertionError("reaches the terminal: " + JsonText.line(quoted(text)));
      }
    }
  }

  private static JsonNode quoted(String text) {
    return StringNode.valueOf(text);
  }

  private static String shown(String text, int piece, Style style) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Passage passage =
        new Passage(
            1,
            new Chunk(text + "#0", text, text, text, Map.of(text, text)),
            0.5,
            new Standing(1, 2.5),
            null);
    Retrieval retrieval = Answers.retrieval(Retrieval.Mode.HYBRID, passage);
    Prompt prompt = prompt(text, passage);
    Failure failure = new Failure(Failure.Kind.UPSTREAM_ERROR, text, text);
    for (AnswerEvent ending :
        List.of(
            new Completed(text, List.of(1), Usage.UNKNOWN, null, TIMINGS),
            new Failed(failure, TIMINGS))) {
      AnswerText answer =
          new AnswerText(
              terminal,
              style,
              new AnswerText.Options(text, true, true, false),
              style.ansi() ? new MarkdownText(terminal, style, () -> 60) : TextView.plain(terminal),
              ReasoningView.streamed(terminal, style));
      answer.accept(new Retrieved(retrieval));
      answer.accept(new PromptBuilt(prompt));
      pieces(text, piece).forEach(each -> answer.accept(new Reasoning(each)));
      pieces(text, piece).forEach(each -> answer.accept(new Text(each)));
      answer.accept(ending);
    }
    terminal.print(RetrievalFormats.text(style, true).write(retrieval));
    terminal.print(PromptText.of(prompt, style));
    terminal.print(FindingFormats.text(List.of(Finding.broken("model", failure)), style));
    terminal.print(FailureText.of(failure, style));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Prompt prompt(String text, Passage passage) {
    return new Prompt(
        new Question("Is it " + text),
        text,
        List.of(new Message(Role.USER, text)),
        List.of(new Excerpt(passage, text)),
        "0badc0de",
        new Ledger(
            4096,
            1024,
            60,
            0,
            0,
            6,
            291,
            List.of(new Ledger.Entry(passage, 120, 120, new Ledger.Outcome.Kept()))));
  }

  private static List<String> pieces(String text, int length) {
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start < text.length(); start += length) {
      pieces.add(text.substring(start, Math.min(text.length(), start + length)));
    }
    return pieces;
  }
}
