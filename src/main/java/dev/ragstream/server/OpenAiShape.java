package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Usage;
import dev.ragstream.render.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI's clients expect around an answer. */
final class OpenAiShape {

  /** The field that names the model. */
  static final String MODEL = "model";

  private OpenAiShape() {}

  static String error(Refusal refusal) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object
        .putObject("error")
        .put("message", refusal.failure().problem() + "; " + refusal.failure().remedy())
        .put("type", type(refusal))
        .put("param", refusal.field())
        .put("code", code(refusal));
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

  private static String type(Refusal refusal) {
    return switch (refusal.status()) {
      case 401 -> isOurs(refusal) ? "invalid_request_error" : "authentication_error";
      case 429 -> "rate_limit_error";
      default -> refusal.status() < 500 ? "invalid_request_error" : "server_error";
    };
  }

  /** Theirs where they have one; a failure of the model's server keeps its own name. */
  private static @Nullable String code(Refusal refusal) {
    if (!isOurs(refusal)) {
      return refusal.failure().kind().wireName();
    }
    return switch (refusal.status()) {
      case 401 -> "invalid_api_key";
      case 404 -> MODEL.equals(refusal.field()) ? "model_not_found" : null;
      case 405 -> "method_not_supported";
      case 429 -> "rate_limit_exceeded";
      case 503 -> "server_error";
      default -> null;
    };
  }

  /** Whether it is this server that refuses, and nothing behind it that failed. */
  private static boolean isOurs(Refusal refusal) {
    return refusal.failure().kind() == Failure.Kind.USAGE;
  }
}
