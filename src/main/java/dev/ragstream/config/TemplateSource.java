package dev.ragstream.config;

import java.nio.file.Path;

/** Where the prompt's template comes from. */
public sealed interface TemplateSource {

  /** One that ragstream brings along, such as {@code default}. */
  record Named(String name) implements TemplateSource {}

  /** A file of the user's; the path is absolute. */
  record InFile(Path path) implements TemplateSource {}
}
