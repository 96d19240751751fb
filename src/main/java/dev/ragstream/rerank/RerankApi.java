package dev.ragstream.rerank;

import dev.ragstream.upstream.JsonAnswer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How one kind of server is asked to judge texts, and how its answer is read. */
public sealed interface RerankApi permits CohereRerank, TeiRerank {

  /** The request for the scores of all texts. */
  JsonNode request(String question, List<String> texts);

  /** The part of the answer that is an array of scores; missing where there is none. */
  JsonNode results(JsonAnswer answer);

  /** What an entry of that array calls its score; its text's place is called {@code index}. */
  String scoreField();
}
