package dev.ragstream.config;

/** The reference page of the settings, made from the table itself. */
public final class SettingsReference {

  private static final String HEAD =
      """
      # Settings

      Settings come from these places; a later one wins, setting by setting:

      1. the defaults below
      2. the user's file, `$XDG_CONFIG_HOME/ragstream/config.yaml` (`~/.config` where that variable is not set)
      3. the project's file, `ragstream.yaml`, looked for from the working folder upwards, or the one named with `-c`
      4. the profile chosen with `--profile NAME`, from `profiles:` in either file
      5. variables: `RAGSTREAM_RETRIEVAL_TOP_K` sets `retrieval.topK`; underscores within a key do not count
      6. flags: `--set retrieval.topK=8`

      `${NAME}` within a value takes the variable's value. For secrets it is looked up when the secret is used, for all
      else at the start. Paths start at the folder of the file that sets them; those of variables and flags at the
      project's folder. In a variable or a flag, the values of a list stand between commas and each header in a line of
      its own, as `Name: value`. Sizes: kB, MB and GB count in thousands, KiB, MiB and GiB in 1024s.
      """;

  private SettingsReference() {}

  /** The page, as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    SettingTable.groups()
        .forEach(group -> {
          page.append("\n## %s\n\n%s\n\n".formatted(group.name(), group.description()));
          page.append("| setting | default | values | |\n| --- | --- | --- | --- |\n");
          group.keys().forEach(key -> page.append(row(key)));
        });
    return page.toString();
  }

  private static String row(SettingKey key) {
    String standard = key.optional() ? "not set" : "`" + key.key().standard() + "`";
    String values = key.type().accepts();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(key.name(), standard, values.replace("|", "\\|"), key.key().value());
  }
}
