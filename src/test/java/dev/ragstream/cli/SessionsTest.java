package dev.ragstream.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the sessions in src/test/resources/sessions. */
class SessionsTest {

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionGoesAsWritten(String name, @TempDir Path folder)
      throws IOException, URISyntaxException {
    new Session(folder.toRealPath()).play(Files.readAllLines(sessionFolder().resolve(name)));
  }

  static List<String> sessions() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(sessionFolder())) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static Path sessionFolder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(SessionsTest.class.getResource("/sessions")).toURI());
  }
}
