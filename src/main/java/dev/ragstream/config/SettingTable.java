package dev.ragstream.config;

import dev.ragstream.core.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of {@link Settings}, for looking things up. */
final class SettingTable {

  /** The sections, in the order of the table. */
  static final List<SettingGroup> SECTIONS = SettingGroup.of(Settings.class, "");

  /** All settings, in the order of the table. */
  static final List<SettingKey> KEYS = groups().flatMap(group -> group.keys().stream()).toList();

  private SettingTable() {}

  static Stream<SettingGroup> groups() {
    return SECTIONS.stream().flatMap(SettingGroup::withInner);
  }

  static Optional<SettingKey> key(String name) {
    return KEYS.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  static Optional<SettingGroup> group(String name) {
    return groups().filter(group -> group.name().equals(name)).findFirst();
  }

  /** What to do about a name that is neither a setting nor a section. */
  static String hint(String name) {
    String parent = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    String leaf = name.substring(name.lastIndexOf('.') + 1);
    return nearestSibling(parent, leaf)
        .or(() -> sameLeaf(leaf))
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> siblings(parent));
  }

  private static String siblings(String parent) {
    if (parent.isEmpty()) {
      return "the sections are " + Phrase.list(children(""), "and");
    }
    return group(parent).isPresent()
        ? "%s has %s".formatted(parent, Phrase.list(children(parent), "and"))
        : hint(parent);
  }

  private static Optional<String> nearestSibling(String parent, String leaf) {
    String prefix = parent.isEmpty() ? "" : parent + ".";
    return Nearest.to(leaf, children(parent)).map(prefix::concat);
  }

  private static Optional<String> sameLeaf(String leaf) {
    return KEYS.stream()
        .filter(key -> key.leaf().equalsIgnoreCase(leaf))
        .map(SettingKey::name)
        .findFirst();
  }

  /** The names directly beneath a group, or the sections. */
  private static List<String> children(String parent) {
    List<String> names = new ArrayList<>();
    if (parent.isEmpty()) {
      SECTIONS.forEach(section -> names.add(section.name()));
      names.add(SettingsFile.PROFILES);
    }
    group(parent)
        .ifPresent(group -> {
          group.keys().forEach(key -> names.add(key.leaf()));
          group.groups().forEach(g -> names.add(g.name().substring(parent.length() + 1)));
        });
    return names;
  }

  /** The settings with these values. */
  static Settings build(
      Function<SettingKey, @Nullable Object> values,
      List<String> files,
      Path projectFolder,
      Map<String, Settings.Given> given) {
    List<@Nullable Object> arguments = new ArrayList<>();
    SECTIONS.forEach(section -> arguments.add(section.build(values)));
    arguments.add(files);
    arguments.add(projectFolder);
    arguments.add(given);
    return (Settings) SettingGroup.instantiate(Settings.class, arguments);
  }
}
