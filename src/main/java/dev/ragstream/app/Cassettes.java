package dev.ragstream.app;

import dev.ragstream.cassette.CassetteFile;
import dev.ragstream.config.ModelName;
import java.nio.file.Path;
import java.util.Objects;

/** The cassettes that a project's models are. */
final class Cassettes {

  private Cassettes() {}

  static CassetteFile file(ModelName replay, Path project) {
    return new CassetteFile(Path.of(replay.name()), shown(replay, project));
  }

  /** Its place in the project, else its name alone: neither tells anything of the machine. */
  static Path shown(ModelName replay, Path project) {
    Path file = Path.of(replay.name());
    return file.startsWith(project)
        ? project.relativize(file)
        : Objects.requireNonNullElse(file.getFileName(), file);
  }
}
