package dev.ragstream.config;

import java.util.StringJoiner;

/** The settings file that a new project starts with: every setting, explained. */
public final class StarterFile {

  private static final int WIDTH = 88;

  private static final String HEAD =
      """
      # Settings of this project. A line that begins with "# " and a setting shows the setting's
      # default, or an example where there is none: take the "# " away and change it.
      # Variables such as RAGSTREAM_RETRIEVAL_TOP_K and flags such as --set retrieval.topK=8 win
      # over this file. ${NAME} takes a value from the environment.
      """;

  private static final String PROFILES =
      """

      # Overlays of the settings above, chosen with --profile NAME.
      profiles:
        # A node on this machine.
        es:
          store:
            type: elasticsearch
            url: http://localhost:9200
        # wide:
        #   retrieval:
        #     topK: 12
      """;

  private StarterFile() {}

  /** The text; loading it gives the defaults. */
  public static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (SettingGroup section : SettingTable.SECTIONS) {
      text.append('\n');
      group(section, "", text);
    }
    return text.append(PROFILES).toString();
  }

  private static void group(SettingGroup group, String indent, StringBuilder text) {
    comment(group.description(), indent, text);
    String leaf = group.name().substring(group.name().lastIndexOf('.') + 1);
    text.append(indent).append(leaf).append(":\n");
    group.keys().forEach(key -> key(key, indent + "  ", text));
    group.groups().forEach(inner -> group(inner, indent + "  ", text));
  }

  private static void key(SettingKey key, String indent, StringBuilder text) {
    comment(key.explanation(), indent, text);
    String mark = key.key().starter() ? "" : "# ";
    text.append(indent).append(mark).append(key.leaf()).append(": ");
    text.append(key.optional() ? key.key().example() : key.key().standard()).append('\n');
  }

  private static void comment(String words, String indent, StringBuilder text) {
    StringJoiner line = new StringJoiner(" ", indent + "# ", "\n");
    for (String word : words.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line);
        line = new StringJoiner(" ", indent + "# ", "\n");
      }
      line.add(word);
    }
    text.append(line);
  }
}
