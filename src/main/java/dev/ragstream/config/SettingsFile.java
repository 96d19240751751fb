package dev.ragstream.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What one settings file says: settings, and overlays of settings by profile. */
final class SettingsFile {

  static final String PROFILES = "profiles";

  private final String shown;
  private final Path folder;
  private final Problems problems;
  private final List<Assignment> settings = new ArrayList<>();
  private final Map<String, List<Assignment>> profiles = new LinkedHashMap<>();

  private SettingsFile(String shown, Path folder, Problems problems) {
    this.shown = shown;
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * Walks through a document.
   *
   * @param shown the file's name for people
   * @param folder relative paths start here
   */
  static SettingsFile of(Optional<Node> root, String shown, Path folder, Problems problems) {
    SettingsFile file = new SettingsFile(shown, folder, problems);
    root.filter(node -> !isNull(node)).ifPresent(file::document);
    return file;
  }

  /** The file's name for people. */
  String shown() {
    return shown;
  }

  List<Assignment> settings() {
    return settings;
  }

  Map<String, List<Assignment>> profiles() {
    return profiles;
  }

  /** The settings of all profiles. */
  Stream<Assignment> overlays() {
    return profiles.values().stream().flatMap(List::stream);
  }

  private void document(Node root) {
    entries("", root)
        .forEach(entry -> {
          if (entry.name.equals(PROFILES)) {
            entries(PROFILES, entry.value).forEach(this::profile);
          } else {
            setting("", entry, settings);
          }
        });
  }

  private void profile(Entry entry) {
    List<Assignment> overlay = new ArrayList<>();
    entries(PROFILES + "." + entry.name, entry.value)
        .forEach(section -> setting("", section, overlay));
    profiles.put(entry.name, overlay);
  }

  private void setting(String group, Entry entry, List<Assignment> target) {
    String name = group.isEmpty() ? entry.name : group + "." + entry.name;
    if (SettingTable.group(name).isPresent()) {
      entries(name, entry.value).forEach(inner -> setting(name, inner, target));
      return;
    }
    Origin origin = new Origin.FileLine(shown, entry.line);
    Optional<SettingKey> key = SettingTable.key(name);
    if (key.isEmpty()) {
      String sort = group.isEmpty() ? "section" : "setting";
      problems.add(origin, "unknown %s %s".formatted(sort, name), SettingTable.hint(name));
      return;
    }
    Written written = written(entry.value);
    if (written == null) {
      problems.add(
          origin,
          name + " has no plain value",
          "use %s, or remove the line".formatted(key.get().type().accepts()));
    } else {
      target.add(new Assignment(key.get(), written, origin, folder));
    }
  }

  /** The value of a setting; null where it is empty or nested too deeply to be one. */
  private @Nullable Written written(Node node) {
    return switch (node) {
      case ScalarNode scalar when !isNull(scalar) -> new Written.Text(scalar.getValue());
      case SequenceNode list when list.getValue().stream().allMatch(SettingsFile::isPlain) ->
          new Written.Items(list.getValue().stream().map(SettingsFile::text).toList());
      case MappingNode map
          when map.getValue().stream().allMatch(entry -> isPlain(entry.getValueNode())) -> {
        Map<String, String> entries = new LinkedHashMap<>();
        entries("", map).forEach(entry -> entries.put(entry.name, text(entry.value)));
        yield new Written.Entries(entries);
      }
      case Node _ -> null;
    };
  }

  /** The entries of a section; none where it is empty. */
  private List<Entry> entries(String section, Node node) {
    List<Entry> entries = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      Map<String, Integer> lines = new HashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        int line = line(tuple.getKeyNode());
        String name = isPlain(tuple.getKeyNode()) ? text(tuple.getKeyNode()) : "";
        Integer first = lines.putIfAbsent(name, line);
        if (first == null) {
          entries.add(new Entry(name, line, tuple.getValueNode()));
        } else {
          problems.add(
              new Origin.FileLine(shown, line),
              "%s is written twice, first in line %d".formatted(dotted(section, name), first),
              "keep one of the two");
        }
      }
    } else if (!isNull(node)) {
      problems.add(
          new Origin.FileLine(shown, line(node)),
          section.isEmpty()
              ? "a settings file holds sections with settings, not a plain value or a list"
              : section + " is a section, it takes no value or list of its own",
          "write section, then settings in lines beneath it, as in retrieval: {topK: 8}");
    }
    return entries;
  }

  private static String dotted(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static boolean isPlain(Node node) {
    return node instanceof ScalarNode && !isNull(node);
  }

  private static String text(Node node) {
    return ((ScalarNode) node).getValue();
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private record Entry(String name, int line, Node value) {}
}
