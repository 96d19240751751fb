package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Question;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.EventReader;
import dev.ragstream.render.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs as rows of the database and back.
 *
 * @param journal as people are told of it
 */
record RunRows(String journal) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Makes something of a row. */
  @FunctionalInterface
  interface Reading<T> {

    T of(ResultSet row) throws SQLException;
  }

  String history(RunStart start) {
    return JsonText.line(EventJson.messages(start.question().history()));
  }

  String settings(RunStart start) {
    ObjectNode settings = MAPPER.createObjectNode();
    start.settings().forEach(settings::put);
    return JsonText.line(settings);
  }

  RunSummary summary(ResultSet row) throws SQLException {
    return new RunSummary(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("started")),
        row.getString("question"),
        row.getString("model"),
        ending(row.getString("ending")));
  }

  private @Nullable Ending ending(@Nullable String json) {
    return json != null && reader().read(json) instanceof Ending ending ? ending : null;
  }

  Run run(ResultSet row, List<TimedEvent> events) throws SQLException {
    return new Run(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("started")),
        new RunStart(
            new Question(row.getString("question"), reader().messages(row.getString("history"))),
            row.getString("model"),
            settings(row.getString("settings"))),
        events);
  }

  /** For the events of one run, in order. */
  Reading<TimedEvent> events() {
    EventReader reader = reader();
    return row -> {
      AnswerEvent event = reader.read(row.getString("json"));
      return new TimedEvent(row.getLong("millis"), event);
    };
  }

  private Map<String, String> settings(String json) {
    try {
      Map<String, String> settings = new TreeMap<>();
      for (Map.Entry<String, JsonNode> setting : MAPPER.readTree(json).properties()) {
        settings.put(setting.getKey(), setting.getValue().asString());
      }
      return settings;
    } catch (JacksonException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.JOURNAL,
              journal + " holds settings that are not JSON",
              "it was changed by hand; remove the run with 'ragstream log prune'"),
          e);
    }
  }

  private EventReader reader() {
    return new EventReader(Failure.Kind.JOURNAL, journal);
  }
}
