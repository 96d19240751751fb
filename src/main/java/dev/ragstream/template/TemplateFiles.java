package dev.ragstream.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds templates for who begins to type the name of one. */
public final class TemplateFiles {

  private static final Pattern NAME = Pattern.compile(".*\\.(ya?ml|mustache)");

  /** What no other YAML has: the list that a template consists of. */
  private static final Pattern MESSAGES = Pattern.compile("(?m)^[{ \\t]*[\"']?messages[\"']?\\s*:");

  /** In bytes; a longer one is not worth reading for a name. */
  private static final long LONGEST = 1 << 18;

  private TemplateFiles() {}

  /**
   * {@code default}, then the files that look like templates in a folder and in those directly
   * beneath it.
   *
   * @return as they may be typed in the folder: {@code prompts/short.yaml}
   */
  public static List<String> around(Path folder) {
    Stream<Path> folders =
        Stream.concat(Stream.of(folder), within(folder).filter(Files::isDirectory));
    Stream<String> files =
        folders
            .flatMap(TemplateFiles::within)
            .filter(TemplateFiles::isTemplate)
            .map(file -> folder.relativize(file).toString())
            .sorted();
    return Stream.concat(Stream.of(TemplateLoader.DEFAULT), files).toList();
  }

  /** What a folder shows; nothing where it may not be read. */
  private static Stream<Path> within(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.of();
    }
  }

  private static boolean isTemplate(Path file) {
    String name = String.valueOf(file.getFileName());
    return NAME.matcher(name).matches()
        && Files.isRegularFile(file)
        && (name.endsWith(".mustache") || holdsMessages(file));
  }

  private static boolean holdsMessages(Path file) {
    try {
      return Files.size(file) <= LONGEST && MESSAGES.matcher(Files.readString(file)).find();
    } catch (IOException _) {
      return false;
    }
  }
}
