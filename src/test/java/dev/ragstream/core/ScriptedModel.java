package dev.ragstream.core;

import org.jspecify.annotations.Nullable;

/** A model that does what a test says, and remembers what it was sent and how it was left. */
public final class ScriptedModel implements ChatModel {

  @Nullable Prompt sent;
  @Nullable Throwable leftBy;
  private final Script script;

  public ScriptedModel(Script script) {
    this.script = script;
  }

  /** What the model does with its reader. */
  public interface Script {
    void run(Reader reader) throws InterruptedException;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    sent = prompt;
    try {
      script.run(reader);
    } catch (InterruptedException | RuntimeException | Error e) {
      leftBy = e;
      throw e;
    }
    return new Finish("stop", new Usage(10, 4));
  }
}
