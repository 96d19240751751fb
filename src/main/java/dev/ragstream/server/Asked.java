package dev.ragstream.server;

import dev.ragstream.core.Filter;
import dev.ragstream.core.Message;
import dev.ragstream.core.Question;
import dev.ragstream.server.Backend.Choice;
import dev.ragstream.server.Backend.Wording;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question as a client put it, whatever the wire.
 *
 * @param organisation its id; null where none is named
 * @param stays whether the answer goes on when nobody reads it any more
 * @param rehearsal the trouble that it wants
 */
record Asked(
    Question question,
    Choice choice,
    @Nullable String organisation,
    boolean stays,
    Rehearsal rehearsal) {

  /**
   * The native form, which has the fields of the older services too.
   *
   * @throws RefusedException also where there is a field that nobody knows
   */
  static Asked strict(Body body) {
    UnknownFields.refuse(body);
    return of(body);
  }

  private static Asked of(Body body) {
    List<Message> history = body.history("history");
    Integer latest = body.count("history_len", 0);
    if (latest != null && latest < history.size()) {
      history = history.subList(history.size() - latest, history.size());
    }
    return new Asked(
        new Question(body.question("question"), history),
        choice(body, body.text("model")),
        body.text("orgId"),
        body.flag("keep", false),
        Rehearsal.of(body.text("rehearse")));
  }

  /**
   * The form of the older services, whose front ends name templates that are not here and scores of
   * another scale: those are not heard.
   */
  static Asked classic(Body body, List<String> models) {
    Asked asked = forStream(body, models);
    Choice choice = asked.choice;
    return asked.with(
        new Choice(choice.topK(), null, null, choice.model(), choice.where(), choice.wording()));
  }

  /**
   * The native form on the routes that the older services have as well: their front ends name
   * models that are not here, and are answered by the settings' model then.
   *
   * @param models those that a request may choose
   */
  static Asked forStream(Body body, List<String> models) {
    Asked asked = of(body);
    Choice choice = asked.choice;
    return choice.model() == null || models.contains(choice.model())
        ? asked
        : asked.with(
            new Choice(
                choice.topK(),
                choice.minScore(),
                choice.template(),
                null,
                choice.where(),
                choice.wording()));
  }

  private Asked with(Choice other) {
    return new Asked(question, other, organisation, stays, rehearsal);
  }

  static Choice choice(Body body, @Nullable String model) {
    return choice(body, model, Wording.NONE);
  }

  static Choice choice(Body body, @Nullable String model, Wording wording) {
    Integer topK = body.count("topK");
    Double minScore = body.number("minScore");
    return new Choice(
        topK != null ? topK : or(body.count("top_k"), 0),
        minScore != null ? minScore : body.number("score_threshold"),
        body.anyText("template", "prompt_name"),
        model,
        filter(body),
        wording);
  }

  /** The same for another organisation, such as one that stands in a header. */
  Asked withOrganisation(@Nullable String other) {
    return organisation != null ? this : new Asked(question, choice, other, stays, rehearsal);
  }

  private static int or(@Nullable Integer value, int standard) {
    return value == null ? standard : value;
  }

  private static Filter filter(Body body) {
    JsonNode where = body.object().path("where");
    if (where.isMissingNode() || where.isNull()) {
      return Filter.NONE;
    }
    Map<String, String> required = new TreeMap<>();
    if (!where.isObject()) {
      throw Body.invalid("'where' is no object", "where");
    }
    where
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isString()) {
            throw Body.invalid("'where." + entry.getKey() + "' is no text", "where");
          }
          required.put(entry.getKey(), entry.getValue().stringValue());
        });
    return new Filter(required);
  }
}
