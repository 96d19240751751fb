package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Passage;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.render.JsonText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as OpenAI streams it. The passages stand in a field of our own, {@code ragstream}, of
 * the chunk that finishes.
 */
final class ChatCompletions implements Dialect {

  private static final String DATA = "data: ";
  private static final String END = "\n\n";

  private final ChatChunks chunks;
  private final @Nullable UsedTokens used;
  private List<Passage> shown = List.of();

  /**
   * @param used what a chunk at the end says; null: there is none
   */
  ChatCompletions(ChatChunks chunks, @Nullable UsedTokens used) {
    this.chunks = chunks;
    this.used = used;
  }

  /** Nothing is of use to its clients before the first word. */
  @Override
  public Duration holdsBack() {
    return ChronoUnit.FOREVER.getDuration();
  }

  @Override
  public Refusal refusal(Failed failed) {
    return OpenAiShape.refusal(failed);
  }

  @Override
  public void begin(JsonBytes out) {
    chunks.role(out.raw(DATA));
    out.raw(END);
  }

  @Override
  public void spell(long sequence, AnswerEvent event, JsonBytes out) {
    if (used != null) {
      used.accept(event);
    }
    switch (event) {
      case Retrieved _ -> {}
      case PromptBuilt built -> shown = built.prompt().ledger().shown();
      case Reasoning(String piece) -> {
        chunks.reasoning(piece, out.raw(DATA));
        out.raw(END);
      }
      case Text(String piece) -> {
        chunks.text(piece, out.raw(DATA));
        out.raw(END);
      }
      case Completed completed -> completed(completed, out);
      case Cancelled _ ->
          error(new Failure(Failure.Kind.INCOMPLETE, "cancelled", "ask again"), out);
      case Failed failed -> error(failed.failure(), out);
    }
  }

  private void completed(Completed completed, JsonBytes out) {
    chunks.finish(
        completed.finishReason(),
        "\"ragstream\":" + JsonText.line(sources(shown, completed)),
        out.raw(DATA));
    out.raw(END);
    if (used != null) {
      chunks.usage(JsonText.line(OpenAiShape.usage(used.of(completed))), out.raw(DATA));
      out.raw(END);
    }
    out.raw(DATA).raw("[DONE]").raw(END);
  }

  private static void error(Failure failure, JsonBytes out) {
    out.raw(DATA).raw(OpenAiShape.error(Refusal.of(failure))).raw(END);
  }

  /** What an answer stands on: the passages that the model saw, and which of them it cites. */
  static ObjectNode sources(List<Passage> shown, Completed completed) {
    ObjectNode sources = JsonNodeFactory.instance.objectNode();
    sources.set("passages", EventJson.passages(shown));
    List<Integer> cited = new ArrayList<>(completed.citations());
    var citations = sources.putArray("citations");
    cited.forEach(citations::add);
    return sources;
  }
}
