package dev.ragstream.template;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.util.List;

/**
 * The variables that a kind of template can show.
 *
 * @param metadata whether {@code metadata.KEY} is known too
 * @param escaper what becomes of each value
 */
record Vocabulary(List<String> names, boolean metadata, Mustache.Escaper escaper) {

  /** Of the messages that a model is sent. */
  static final Vocabulary PROMPT =
      new Vocabulary(
          List.of(
              "question",
              "context",
              "fence",
              "passages",
              "history",
              "n",
              "id",
              "source",
              "title",
              "text",
              "score",
              "block",
              "role",
              "content"),
          true,
          Escapers.NONE);

  /** Of the request that a model is sent with. */
  static final Vocabulary REQUEST =
      new Vocabulary(
          List.of(
              "model",
              "system",
              "prompt",
              "messages",
              "role",
              "content",
              "temperature",
              "topP",
              "maxTokens",
              "seed"),
          false,
          JsonStrings::escape);

  boolean knows(String name) {
    return names.contains(name) || (metadata && name.startsWith(MustacheText.METADATA));
  }

  String described() {
    return String.join(", ", names) + (metadata ? " and metadata.KEY" : "");
  }
}
