package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Sessions in a real terminal, compared with recordings in src/test/resources/screens; {@code
 * -Dragstream.writeScreens=true} records them anew.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no tmux")
class ScreenTest {

  private static final String CHAT = ">";

  /** Its path is always of the same length, so that lines are broken where they were. */
  @TempDir(factory = ShortFolder.class)
  private Path folder;

  static final class ShortFolder implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      String name = "rag-" + UUID.randomUUID().toString().substring(0, 8);
      return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir")).resolve(name));
    }
  }

  @BeforeEach
  void anIndex() throws IOException {
    write("docs/weather.md", "# Weather\n\nCarry an umbrella today: rain sets in at eleven.\n");
    write("docs/pool.md", "# Swimming pool\n\nA swim costs five euros for adults.\n");
    write("ragstream.yaml", "retrieval: {mode: lexical}\n");
    assertThat(new Session(folder).run(List.of("-q", "index", "docs"), "").exitCode()).isZero();
  }

  @Test
  void aChatIsHeldInterruptedLookedIntoAndFoundAgain() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        Tmux tmux = new Tmux(folder, Map.of("OPENAI_BASE_URL", model.url().toString()))) {
      model
          .script(
              send(
                  STREAM
                      + piece("reasoning_content", "They ask about rain.\\nIt comes at eleven.")
                      + piece("content", "**Yes**, carry one [1].\\n\\n- Rain sets in at ")
                      + piece("content", "`eleven`.")
                      + END),
              hangUp())
          .script(
              send(STREAM + piece("content", "Should I carry an umbrella tomorrow?") + END),
              hangUp())
          .script(send(STREAM + piece("content", "Perhaps, ")));

      tmux.then(CHAT, () -> tmux.enter("ragstream chat -m openai:some-model"));
      tmux.then(CHAT, () -> tmux.enter("Should I carry an umbrella?"));
      tmux.enter("And tomorrow?").await("Perhaps,");
      tmux.then(CHAT, () -> tmux.press("C-c"));
      model.clientLeft().get(60, TimeUnit.SECONDS);
      tmux.then(CHAT, () -> tmux.enter("/sources 1"));
      tmux.then(CHAT, () -> tmux.enter("/prompt"));
      tmux.type("half a question").await("half a question");
      tmux.then(CHAT, () -> tmux.press("C-c"));
      tmux.then(CHAT, () -> tmux.enter("/model extractive"));
      tmux.paste("What does\na swim cost?").await("a swim cost?");
      tmux.then(CHAT, () -> tmux.press("Enter"));
      tmux.then(Tmux.SHELL, () -> tmux.press("C-d"));

      tmux.then(CHAT, () -> tmux.enter("ragstream chat --continue"));
      tmux.press("C-r").type("umbr").await("bck-i-search: umbr");
      tmux.then(CHAT, () -> tmux.press("Enter"));
      tmux.then(Tmux.SHELL, () -> tmux.press("C-d"));

      matches("chat", tmux.recording());
      assertThat(tmux.colours())
          .contains("\u001b[2mthought for")
          .containsPattern("\u001b\\[(?:0;)?1m(?:\u001b\\[[0-9;]*m)*Yes");
    }
  }

  @Test
  void anAnswerIsRecordedReplayedAndFoundInTheLog() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        Tmux tmux = new Tmux(folder, Map.of("OPENAI_BASE_URL", model.url().toString()))) {
      model.script(send(STREAM + piece("content", "Yes, carry one [1].") + END), hangUp());

      tmux.run("ragstream ask -m openai:some-model --record rain.jsonl \"Carry an umbrella?\"");
      tmux.run("ragstream ask -m replay:rain.jsonl \"Carry an umbrella?\"");
      tmux.run("ragstream ask -m replay:rain.jsonl \"Leave it?\"");
      tmux.run("echo $?");
      tmux.run("ragstream log");
      tmux.run("ragstream log diff last~2 last~1");

      matches("record-and-replay", tmux.recording());
    }
  }

  private static final String END =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

  private static String piece(String field, String text) {
    return "data: {\"choices\":[{\"delta\":{\"" + field + "\":\"" + text + "\"}}]}\n\n";
  }

  private static void matches(String name, String recording) throws IOException {
    Path file = Path.of("src", "test", "resources", "screens", name + ".txt");
    if (Boolean.getBoolean("ragstream.writeScreens")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, recording + "\n");
    }
    assertThat(recording + "\n").isEqualTo(Files.readString(file));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
