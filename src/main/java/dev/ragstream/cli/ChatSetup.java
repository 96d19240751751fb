package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.Settings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings of a chat, which change while it goes on, and what is built from them. */
final class ChatSetup implements AutoCloseable {

  private final RootCommand root;
  private final UnaryOperator<Template> system;
  private final Filter where;

  /** By the setting's dotted name. */
  private final Map<String, FlagValue> flags = new LinkedHashMap<>();

  private Assembly assembly;
  private @Nullable FileTime templateChanged;

  /**
   * @param flags what the command line says
   * @param system what becomes of every template
   */
  ChatSetup(RootCommand root, List<FlagValue> flags, UnaryOperator<Template> system, Filter where) {
    this.root = root;
    this.system = system;
    this.where = where;
    flags.forEach(flag -> this.flags.put(flag.key(), flag));
    this.assembly = root.assembly(flags);
  }

  Assembly assembly() {
    return assembly;
  }

  Settings settings() {
    return assembly.settings();
  }

  /**
   * Changes a setting from the next question on.
   *
   * @throws dev.ragstream.core.FailureException where it cannot be so; all stays as it was
   */
  void set(FlagValue flag) {
    Map<String, FlagValue> changed = with(flag);
    Assembly next = root.assembly(List.copyOf(changed.values()));
    assembly.close();
    assembly = next;
    flags.clear();
    flags.putAll(changed);
    templateChanged = null;
  }

  /** The same settings but for one; to be closed by the caller. */
  ChatSetup but(FlagValue flag) {
    return new ChatSetup(root, List.copyOf(with(flag).values()), system, where);
  }

  private Map<String, FlagValue> with(FlagValue flag) {
    Map<String, FlagValue> changed = new LinkedHashMap<>(flags);
    changed.put(flag.key(), flag);
    return changed;
  }

  /** What was set here or on the command line. */
  List<FlagValue> given() {
    return new ArrayList<>(flags.values());
  }

  /** The template is read anew for every question, so that one can be worked on meanwhile. */
  Pipeline pipeline() {
    tellOfNewTemplate();
    return assembly.conversation(system.apply(assembly.template()), where);
  }

  private void tellOfNewTemplate() {
    if (settings().prompt().template() instanceof TemplateSource.InFile(Path file)) {
      FileTime before = templateChanged;
      templateChanged = changed(file);
      if (before != null && !before.equals(templateChanged)) {
        root.notice(root.errorStyle().dim("the template has changed and was read again"));
      }
    }
  }

  private static @Nullable FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      // Reading it will tell.
      return null;
    }
  }

  @Override
  public void close() {
    assembly.close();
  }
}
