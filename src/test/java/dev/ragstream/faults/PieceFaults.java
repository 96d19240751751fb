package dev.ragstream.faults;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.Failure.Kind;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer.Step;
import java.util.List;
import java.util.function.Function;

final class PieceFaults {

  private static final String REASONING_MODEL = "deepseek-r1";
  private static final String ENDED = "the stream ended before {url} said that the answer is whole";
  private static final String AGAIN =
      "ask again; if it happens every time, look into the server's log";

  private PieceFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.onOneConnection(
                "frames that hold nothing of the answer invent nothing",
                stage ->
                    List.of(
                        stage.send(
                            stage.provider().text("Yes"),
                            stage.provider().oddities(),
                            stage.provider().text(""),
                            stage.provider().end()),
                        hangUp()))
            .saying("Yes"),
        pieces("halves of a character in two pieces are joined", "a\\ud83c", "\\udf02b")
            .saying("a\uD83C\uDF02b"),
        pieces("a half that stays alone becomes U+FFFD", "a\\ud83c", "b\\udf02", "c\\ud83c")
            .saying("a\uFFFDb\uFFFDc\uFFFD"),
        pieces("<think> comes letter by letter", "<think>hm</think>Yes".split(""))
            .thinking("hm")
            .saying("Yes"),
        pieces("<think> is glued to the text", "\\n<think>hm</think>Yes")
            .thinking("hm")
            .saying("Yes"),
        pieces("<think> in the answer's code stays there", "Write `<think>", "x</think>`.")
            .saying("Write `<think>x</think>`."),
        unopened(
                "<think> is missing and </think> comes, of a reasoning model",
                stage -> List.of(send(stage.whole("h", "m</th", "ink>\\nYes")), hangUp()))
            .thinking("hm")
            .saying("Yes"),
        unopened(
                "<think> is missing and so is </think>, of a reasoning model",
                stage -> List.of(send(stage.whole("Ye", "s </thi")), hangUp()))
            .saying("Yes </thi"),
        unopened(
                "what may be reasoning comes before the failure, of a reasoning model",
                stage -> List.of(stage.send(stage.provider().text("half")), hangUp()))
            .saying("half")
            .failing(Kind.INCOMPLETE, ENDED, AGAIN),
        Fault.onOneConnection(
                "reasoning in a field of its own, of a reasoning model: the text is not held back",
                stage ->
                    List.of(
                        stage.send(stage.provider().reasoning("hm"), stage.provider().text("Ye")),
                        stage.untilTextIsRead(),
                        send(stage.provider().text("s") + stage.provider().end()),
                        hangUp()))
            .askingFor(REASONING_MODEL)
            .thinking("hm")
            .saying("Yes"),
        pieces("</think> alone, of another model, stays there", "hm</th", "ink>Yes")
            .saying("hm</think>Yes"),
        pieces("<think> is never closed", "<think>hm </thi").thinking("hm </thi"),
        pieces("what may become <think> and does not is passed on at the end", "<thi")
            .saying("<thi"),
        Fault.onOneConnection(
                "what was held back comes before the failure",
                stage -> List.of(stage.send(stage.provider().text("<think>hm </thi")), hangUp()))
            .thinking("hm </thi")
            .failing(Kind.INCOMPLETE, ENDED, AGAIN));
  }

  /** Of a model whose chat template may have opened the reasoning already. */
  private static Fault unopened(String name, Function<Stage, List<Step>> steps) {
    return Fault.onOneConnection(name, steps)
        .concerning(ProviderFixture::mayLackOpener)
        .askingFor(REASONING_MODEL);
  }

  private static Fault pieces(String name, String... pieces) {
    return Fault.onOneConnection(name, stage -> List.of(send(stage.whole(pieces)), hangUp()));
  }
}
