package dev.ragstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the sessions in src/test/resources/sessions. */
class SessionsTest {

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionGoesAsWritten(Path script, @TempDir Path folder) throws IOException {
    new Session(folder.toRealPath()).play(Files.readAllLines(script));
  }

  static List<Path> sessions() {
    return Session.scripts("/sessions");
  }
}
