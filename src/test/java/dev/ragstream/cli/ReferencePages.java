package dev.ragstream.cli;

import dev.ragstream.config.SettingsReference;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** The pages of docs/reference, made from the program. */
final class ReferencePages {

  private ReferencePages() {}

  /** Text by file name. */
  static Map<String, String> all() {
    return Map.of(
        "commands.md", commands(),
        "settings.md", SettingsReference.markdown(),
        "events.md", EventsPage.markdown(),
        "exit-codes.md", ExitCodesPage.markdown());
  }

  private static String commands() {
    CommandLine root = commandLine();
    StringBuilder page = new StringBuilder("# Commands\n");
    append(page, "ragstream", root);
    return page.toString();
  }

  static CommandLine commandLine() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(InputStream.nullInputStream(), nowhere, nowhere, Console.Terminals.NONE, 100);
    return CommandTree.commandLine(
        new RootCommand(new Invocation(console, Map.of(), Path.of(""), () -> false)));
  }

  private static void append(StringBuilder page, String name, CommandLine command) {
    page.append("\n## ")
        .append(name)
        .append("\n\n```text\n")
        .append(command.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing())
        .append("\n```\n");
    command.getSubcommands().forEach((inner, its) -> append(page, name + " " + inner, its));
  }
}
