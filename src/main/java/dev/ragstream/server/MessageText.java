package dev.ragstream.server;

import tools.jackson.databind.JsonNode;

/** The text of a message that front ends send as text or as a list of parts. */
final class MessageText {

  private MessageText() {}

  static String of(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (part.path("type").asString("").equals("text") && part.path("text").isString()) {
        text.append(part.path("text").stringValue());
      }
    }
    return text.toString();
  }
}
