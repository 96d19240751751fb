package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Usage;
import dev.ragstream.render.JsonText;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI's clients expect around an answer. */
final class OpenAiShape {

  /** Models are all that can be missing in this wire. */
  private static final String UNKNOWN = "model_not_found";

  private OpenAiShape() {}

  static String error(Refusal refusal) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object
        .putObject("error")
        .put("message", refusal.failure().problem() + "; " + refusal.failure().remedy())
        .put("type", type(refusal.status()))
        .putNull("param")
        .put("code", refusal.status() == 404 ? UNKNOWN : refusal.failure().kind().wireName());
    return JsonText.line(object);
  }

  /**
   * What the end of an answer means: theirs is a wire that passes on what the model's server said
   * of the key, and whose clients do not ask again then.
   */
  static Refusal refusal(Failed failed) {
    Refusal refusal = Refusal.of(failed);
    return failed.failure().kind() == Failure.Kind.UPSTREAM_UNAUTHORIZED
        ? new Refusal(401, refusal.failure(), refusal.retryAfter())
        : refusal;
  }

  static ObjectNode usage(Usage usage) {
    int prompt = Math.max(usage.promptTokens(), 0);
    int completion = Math.max(usage.completionTokens(), 0);
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
