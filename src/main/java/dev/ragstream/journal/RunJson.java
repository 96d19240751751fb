package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.render.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON spelling of runs. Fields are added, never renamed. */
public final class RunJson {

  private RunJson() {}

  /** A run in a list; {@code ending} is the event, and is missing where the run is unfinished. */
  public static ObjectNode summary(RunSummary run) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", run.id())
            .put("started", run.started().toString())
            .put("model", run.model())
            .put("question", run.question());
    return ending(node, run.ending());
  }

  /** A whole run; each event with the milliseconds from the run's beginning. */
  public static ObjectNode whole(Run run) {
    ObjectNode node = summary(run.summary());
    node.set("history", EventJson.messages(run.start().question().history()));
    ObjectNode settings = node.putObject("settings");
    run.start().settings().forEach(settings::put);
    ArrayNode events = node.putArray("events");
    for (TimedEvent timed : run.events()) {
      events
          .addObject()
          .put("millis", timed.millis())
          .set("event", EventJson.object(timed.event()));
    }
    return node;
  }

  private static ObjectNode ending(ObjectNode node, @Nullable Ending ending) {
    if (ending != null) {
      node.set("ending", EventJson.object(ending));
    }
    return node;
  }
}
