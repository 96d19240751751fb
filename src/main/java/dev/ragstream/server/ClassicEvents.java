package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Passage;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.JsonBytes;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Server-sent events of the older service: unnamed, each an envelope. What they had no word for
 * stands in {@code ext}; the cited passages come as cards with the last one.
 */
final class ClassicEvents implements Dialect {

  private static final String MARK = "\u0000";

  private final String question;
  private final String logId;
  private final String beforeText;
  private final String afterText;
  private List<Passage> passages = List.of();

  ClassicEvents(String question, String logId) {
    this.question = question;
    this.logId = logId;
    // What is the same around every piece of text is spelt once.
    String spelt = Envelope.success(Envelope.piece(question, MARK, List.of(), null, logId));
    String quoted = "\"answer\":\"\\u0000\"";
    int at = spelt.lastIndexOf(quoted);
    this.beforeText = "data: " + spelt.substring(0, at) + "\"answer\":";
    this.afterText = spelt.substring(at + quoted.length()) + "\n\n";
  }

  @Override
  public void spell(long sequence, AnswerEvent event, JsonBytes out) {
    switch (event) {
      case Retrieved retrieved -> passages = retrieved.retrieval().passages();
      case PromptBuilt _ -> {}
      case Text(String piece) -> out.raw(beforeText).string(piece).raw(afterText);
      case Reasoning(String piece) ->
          piece(List.of(), JsonNodeFactory.instance.objectNode().put("reasoning", piece), out);
      case Completed completed -> {
        List<Passage> cited =
            passages.stream().filter(each -> completed.citations().contains(each.n())).toList();
        piece(cited, EventJson.object(completed), out);
      }
      case Cancelled _ -> data(Envelope.failure("the answer was cancelled"), out);
      case Failed failed -> data(Envelope.failure(Refusal.of(failed.failure())), out);
    }
  }

  private void piece(
      List<Passage> cited, tools.jackson.databind.node.ObjectNode ext, JsonBytes out) {
    data(Envelope.success(Envelope.piece(question, "", cited, ext, logId)), out);
  }

  private static void data(String envelope, JsonBytes out) {
    out.raw("data: ").raw(envelope).raw("\n\n");
  }
}
