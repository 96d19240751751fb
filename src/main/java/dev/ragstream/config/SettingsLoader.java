package dev.ragstream.config;

import dev.ragstream.config.Settings.Given;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Fills {@link Settings}, weakest source first: defaults, the user's file, the project's file, the
 * chosen profile of either, environment variables, flags. Files are merged setting by setting.
 */
public final class SettingsLoader {

  private final SettingsSources sources;
  private final Problems problems = new Problems();
  private final Path projectFolder;
  private final List<SettingsFile> files;

  private SettingsLoader(SettingsSources sources, Optional<Path> user, Optional<Path> project) {
    this.sources = sources;
    this.projectFolder = project.map(SettingsLoader::folder).orElse(sources.workingFolder());
    this.files = Stream.of(user, project).flatMap(Optional::stream).map(this::file).toList();
  }

  /**
   * Reads and checks everything.
   *
   * @throws FailureException of kind {@code SETTINGS} that names every fault of the sources, with
   *     the place of each
   */
  public static Settings load(SettingsSources sources) {
    return of(sources).load();
  }

  /** What counts where nobody has set anything. */
  public static Settings standard(Path workingFolder) {
    SettingsSources none = new SettingsSources(workingFolder, Map.of());
    return new SettingsLoader(none, Optional.empty(), Optional.empty()).load();
  }

  /** The names of the profiles that there are, whatever else the files say. */
  public static Set<String> profiles(SettingsSources sources) {
    return of(sources).profileNames();
  }

  private static SettingsLoader of(SettingsSources sources) {
    return new SettingsLoader(sources, SettingsFiles.user(sources), SettingsFiles.project(sources));
  }

  private Settings load() {
    List<Assignment> layers = layers();
    Map<String, Assignment> winners = new LinkedHashMap<>();
    layers.forEach(assignment -> winners.put(assignment.key().name(), assignment));
    Map<String, @Nullable Object> values = new HashMap<>();
    Stream.concat(layers.stream(), files.stream().flatMap(SettingsFile::overlays))
        .distinct()
        .forEach(assignment -> {
          String name = assignment.key().name();
          if (assignment.equals(winners.get(name))) {
            values.put(name, read(assignment));
          } else if (!assignment.holdsVariable()) {
            read(assignment);
          }
        });
    problems.throwIfAny();
    Map<String, Given> given = new LinkedHashMap<>();
    winners.forEach((name, winner) -> given.put(name, given(winner, values.get(name))));
    Settings settings =
        SettingTable.build(
            key -> values.get(key.name()),
            files.stream().map(SettingsFile::shown).toList(),
            projectFolder,
            Collections.unmodifiableMap(given));
    JointRules.check(settings, problems);
    problems.throwIfAny();
    return settings;
  }

  /** All that counts, weakest first. */
  private List<Assignment> layers() {
    List<Assignment> layers = new ArrayList<>();
    SettingTable.KEYS.forEach(
        key -> layers.add(assignment(key, key.key().standard(), new Origin.Standard())));
    files.forEach(file -> layers.addAll(file.settings()));
    layers.addAll(profile());
    layers.addAll(EnvironmentLayer.read(sources.environment(), projectFolder, problems));
    for (FlagValue flag : sources.flags()) {
      SettingTable.key(flag.key())
          .ifPresentOrElse(
              key -> layers.add(assignment(key, flag.value(), new Origin.Flag(flag.option()))),
              () ->
                  problems.add(
                      flag.option(), "no setting has this name", SettingTable.hint(flag.key())));
    }
    return layers;
  }

  private List<Assignment> profile() {
    String chosen = sources.profile();
    if (chosen == null) {
      return List.of();
    }
    Set<String> known = profileNames();
    if (!known.contains(chosen) && !problems.any()) {
      problems.add("--profile " + chosen, "no profile has this name", hint(chosen, known));
    }
    return files.stream()
        .flatMap(file -> file.profiles().getOrDefault(chosen, List.of()).stream())
        .toList();
  }

  private Set<String> profileNames() {
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.addAll(file.profiles().keySet()));
    return names;
  }

  private static String hint(String chosen, Set<String> known) {
    return Nearest.to(chosen, known)
        .map("did you mean %s?"::formatted)
        .orElseGet(() ->
            known.isEmpty()
                ? "write one beneath profiles: in a settings file"
                : "the profiles are " + Phrase.list(List.copyOf(known), "and"));
  }

  private @Nullable Object read(Assignment assignment) {
    try {
      return assignment.read(sources.environment());
    } catch (UnfitException e) {
      problems.add(assignment.origin(), assignment.key().name() + " " + e.problem(), e.remedy());
      return null;
    }
  }

  private static Given given(Assignment winner, @Nullable Object value) {
    String shown =
        winner.key().type().secret() ? Objects.toString(value, "") : winner.written().toString();
    return new Given(shown, winner.origin());
  }

  private Assignment assignment(SettingKey key, String text, Origin origin) {
    return new Assignment(key, new Written.Text(text), origin, projectFolder);
  }

  private SettingsFile file(Path path) {
    String shown = SettingsFiles.shown(path, sources);
    Optional<Node> root =
        SettingsText.read(path, shown, problems)
            .flatMap(text -> SettingsYaml.parse(text, shown, problems));
    return SettingsFile.of(root, shown, folder(path), problems);
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
  }
}
