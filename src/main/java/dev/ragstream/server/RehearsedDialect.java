package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.render.JsonBytes;
import java.time.Duration;

/** A wire that says things twice or breaks off. */
record RehearsedDialect(Dialect dialect, WireTrouble trouble) implements Dialect {

  @Override
  public Duration holdsBack() {
    return dialect.holdsBack();
  }

  @Override
  public Refusal refusal(Failed failed) {
    return dialect.refusal(failed);
  }

  @Override
  public void begin(JsonBytes out) {
    dialect.begin(out);
  }

  @Override
  public void spell(long sequence, AnswerEvent event, JsonBytes out) {
    boolean twice = trouble.doubles();
    dialect.spell(sequence, event, out);
    if (twice) {
      dialect.spell(sequence, event, out);
    }
  }
}
