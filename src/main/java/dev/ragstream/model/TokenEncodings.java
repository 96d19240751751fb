package dev.ragstream.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.core.TokenSpans;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

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

  /** Where the tokens of {@link #cl100kBase()} are in a text. */
  public static Function<String, TokenSpans> cl100kBaseSpans() {
    return new TokenPlaces(encoding(EncodingType.CL100K_BASE));
  }

  private static Encoding encoding(EncodingType type) {
    return Encodings.newLazyEncodingRegistry().getEncoding(type);
  }

  private static TokenCounter counter(EncodingType type) {
    Encoding encoding = encoding(type);
    return text -> encoding.countTokensOrdinary(wholeCharacters(text));
  }

  /**
   * The encoder takes whole characters alone. Half of one becomes the question mark that UTF-8 has
   * for it, so that a text stays as long as it is.
   */
  static String wholeCharacters(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
