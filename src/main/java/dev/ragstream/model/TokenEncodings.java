package dev.ragstream.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragstream.core.TokenCounter;

/**
 * How OpenAI's models count tokens; for other models it is an estimate that is near enough to pack
 * by.
 */
public final class TokenEncodings {

  private TokenEncodings() {}

  /** The encoding of GPT-4o and later models. */
  public static TokenCounter o200kBase() {
    return counter(EncodingType.O200K_BASE);
  }

  /** The encoding of GPT-4 and GPT-3.5. */
  public static TokenCounter cl100kBase() {
    return counter(EncodingType.CL100K_BASE);
  }

  private static TokenCounter counter(EncodingType type) {
    Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
    return encoding::countTokensOrdinary;
  }
}
