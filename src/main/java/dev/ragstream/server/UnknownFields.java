package dev.ragstream.server;

import dev.ragstream.core.Nearest;
import dev.ragstream.render.TerminalText;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What becomes of the fields of a question that nobody knows, such as a misspelt one, and of a
 * model that is not here. Where the older services' front ends ask as well, they are not heard, and
 * the server's user is told of each once: nobody wrote down all that those front ends send.
 * Everywhere else they are refused.
 */
final class UnknownFields {

  /** Those that are read, and those of the older services' requests that mean nothing here. */
  static final List<String> KNOWN =
      List.of(
          "question",
          "history",
          "history_len",
          "topK",
          "top_k",
          "minScore",
          "score_threshold",
          "template",
          "prompt_name",
          "model",
          "where",
          "orgId",
          "userId",
          "chatId",
          "chatTitle",
          "chatTitile",
          "updateTime",
          "createTime",
          "keep",
          "rehearse",
          "id",
          "type",
          "stream",
          "temperature",
          "max_tokens",
          "kbName");

  private static final int MOST_TOLD = 100;
  private static final int LONGEST = 60;

  private final Consumer<String> notices;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Set<String> modelsTold = ConcurrentHashMap.newKeySet();

  /**
   * @param notices is told what the server's user should know, in a sentence
   */
  UnknownFields(Consumer<String> notices) {
    this.notices = notices;
  }

  /**
   * Refuses a question that has one.
   *
   * @throws RefusedException then
   */
  static void refuse(Body body) {
    for (String name : of(body)) {
      throw new Refusal(400, "there is no field '" + name + "'", remedy(name))
          .about(name)
          .exception();
    }
  }

  /**
   * Tells of those of a question, and of a model that is not here.
   *
   * @param path where it was asked
   * @param models those that a request may choose; the first one answers in the place of others
   */
  void tell(String path, Body body, List<String> models) {
    String model = body.text("model");
    if (model != null && !models.contains(model)) {
      String shown = shown(model);
      if (modelsTold.size() < MOST_TOLD && modelsTold.add(shown)) {
        notices.accept(
            ("a question to %s names the model '%s', which is not here; %s answers in its place, and"
                    + " serve.models can name more")
                .formatted(path, shown, models.getFirst()));
      }
    }
    for (String name : of(body)) {
      String shown = shown(name);
      if (told.size() < MOST_TOLD && told.add(shown)) {
        notices.accept(
            "a question to %s has a field '%s', which is not heard; %s"
                .formatted(path, shown, remedy(name)));
      }
    }
  }

  private static String shown(String name) {
    return TerminalText.oneLine(name.substring(0, Math.min(LONGEST, name.length())));
  }

  private static List<String> of(Body body) {
    return body.object().propertyNames().stream().filter(name -> !KNOWN.contains(name)).toList();
  }

  private static String remedy(String name) {
    return (name.length() > LONGEST
            ? "" // finding what it is near to would take long
            : Nearest.to(name, KNOWN).map("did you mean '%s'? "::formatted).orElse(""))
        + "see /openapi.json for what this route takes";
  }
}
