package dev.ragstream.app;

import dev.ragstream.cassette.CassetteFile;
import dev.ragstream.cassette.Match;
import dev.ragstream.cassette.Pace;
import dev.ragstream.cassette.Recorder;
import dev.ragstream.cassette.Replay;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Retriever;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The cassettes that a project's models are, each read once, and those that are recorded. */
final class Cassettes {

  private final Settings settings;
  private final Surroundings surroundings;
  private final Map<ModelName, Replay> replays = new ConcurrentHashMap<>();

  Cassettes(Settings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  Replay replay(ModelName cassette) {
    Settings.Replay how = settings.replay();
    return replays.computeIfAbsent(
        cassette,
        _ ->
            new Replay(
                file(cassette, settings.projectFolder()).read(),
                switch (how.match()) {
                  case EXACT -> Match.EXACT;
                  case QUESTION -> Match.QUESTION;
                },
                Pace.of(how.speed().factor()),
                new ChatModels(settings.llm(), surroundings)::replayed));
  }

  /** The passages of a cassette, where the model is one whose passages are taken with it. */
  Optional<Retriever> passages(ModelName model) {
    return bringsPassages(model) ? Optional.of(replay(model).retriever()) : Optional.empty();
  }

  /** Whether a model's passages come with it, so that no store is needed. */
  boolean bringsPassages(ModelName model) {
    return isReplay(model) && settings.replay().match() == Settings.Replay.Match.QUESTION;
  }

  /**
   * Begins to record one run.
   *
   * @param file a cassette, or one that is not there yet
   * @throws FailureException where nothing can be recorded there, or the model is a replay itself
   */
  Recorder recorder(Path file) {
    ModelName model = settings.llm().model();
    if (isReplay(model)) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "a replay is not recorded again",
          "name the model to record with -m, or copy the cassette");
    }
    CassetteFile cassette = new CassetteFile(file);
    cassette.requireRecordable();
    return new Recorder(
        cassette,
        model.toString(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System::nanoTime);
  }

  private static boolean isReplay(ModelName model) {
    return model.provider() == ModelName.Provider.REPLAY;
  }

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
