package dev.ragstream.upstream;

import dev.ragstream.core.FailureException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a server answered: an object or an array, whole. */
public final class JsonAnswer {

  private final JsonNode root;
  private final Function<String, FailureException> failures;

  JsonAnswer(JsonNode root, Function<String, FailureException> failures) {
    this.root = root;
    this.failures = failures;
  }

  public JsonNode root() {
    return root;
  }

  /**
   * For an answer that is not what was asked for.
   *
   * @param problem goes on after the server's address: {@code answered with 3 vectors for 4 texts}
   */
  public FailureException unusable(String problem) {
    return failures.apply(problem);
  }
}
