package dev.ragstream.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A section of the table and the record that it fills.
 *
 * @param name dotted: {@code ingest.fields}
 */
record SettingGroup(
    String name,
    String description,
    Class<?> type,
    List<SettingKey> keys,
    List<SettingGroup> groups) {

  /** The groups that a record's components make. */
  static List<SettingGroup> of(Class<?> record, String prefix) {
    List<SettingGroup> groups = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Section section = component.getAnnotation(Section.class);
      if (section != null) {
        groups.add(group(prefix + component.getName(), section, component.getType()));
      }
    }
    return List.copyOf(groups);
  }

  private static SettingGroup group(String name, Section section, Class<?> record) {
    List<SettingKey> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      if (key != null) {
        ValueType type = ValueTypes.of(component.getGenericType(), key);
        keys.add(new SettingKey(name + "." + component.getName(), type, key));
      }
    }
    return new SettingGroup(
        name, section.value(), record, List.copyOf(keys), of(record, name + "."));
  }

  /** This group and the ones within, outermost first. */
  Stream<SettingGroup> withInner() {
    return Stream.concat(Stream.of(this), groups.stream().flatMap(SettingGroup::withInner));
  }

  /** The record with these values. */
  Object build(Function<SettingKey, @Nullable Object> values) {
    List<@Nullable Object> arguments = new ArrayList<>();
    keys.forEach(key -> arguments.add(values.apply(key)));
    groups.forEach(group -> arguments.add(group.build(values)));
    return instantiate(type, arguments);
  }

  /** Calls a record's canonical constructor. */
  static Object instantiate(Class<?> record, List<@Nullable Object> arguments) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return record.getDeclaredConstructor(types).newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the table of settings does not fit " + record, e);
    }
  }
}
