package dev.ragstream.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The pages of docs/man, one for each command, made from picocli's model of it. */
final class ManPages {

  private ManPages() {}

  /** Text by file name. */
  static Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    append(pages, "ragstream", ReferencePages.commandLine());
    return pages;
  }

  private static void append(Map<String, String> pages, String name, CommandLine command) {
    pages.put(name + ".1", page(name, command));
    command.getSubcommands().forEach((inner, its) -> append(pages, name + "-" + inner, its));
  }

  private static String page(String name, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    StringBuilder page = new StringBuilder();
    page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 \"\" ragstream\n");
    page.append(".SH NAME\n").append(name).append(" \\- ").append(header(spec)).append('\n');
    page.append(".SH SYNOPSIS\n.nf\n")
        .append(text(command.getHelp().synopsis(0).stripTrailing()))
        .append("\n.fi\n");
    if (spec.usageMessage().description().length > 0) {
      page.append(".SH DESCRIPTION\n").append(lines(spec.usageMessage().description()));
    }
    options(
        page,
        "ARGUMENTS",
        spec.positionalParameters().stream().filter(it -> !it.hidden()).toList());
    options(page, "OPTIONS", spec.options().stream().filter(it -> !it.hidden()).toList());
    commands(page, name, command);
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.append(".SH NOTES\n.nf\n")
          .append(lines(Arrays.copyOfRange(footer, 1, footer.length)))
          .append(".fi\n");
    }
    return page.toString();
  }

  private static void options(StringBuilder page, String title, List<? extends ArgSpec> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    page.append(".SH ").append(title).append('\n');
    for (ArgSpec argument : arguments) {
      page.append(".TP\n")
          .append(text(name(argument)))
          .append('\n')
          .append(lines(argument.description()));
    }
  }

  private static String name(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option ->
          String.join(", ", option.names())
              + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
      case PositionalParamSpec parameter -> parameter.paramLabel();
      default -> throw new IllegalArgumentException(argument.toString());
    };
  }

  private static void commands(StringBuilder page, String name, CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return;
    }
    page.append(".SH COMMANDS\n");
    command
        .getSubcommands()
        .forEach((inner, its) ->
            page.append(".TP\n.B ")
                .append(text(name + "-" + inner))
                .append("(1)\n")
                .append(header(its.getCommandSpec()))
                .append('\n'));
  }

  private static String header(CommandSpec spec) {
    return text(String.join(" ", spec.usageMessage().header()));
  }

  private static String lines(String... lines) {
    return Arrays.stream(lines)
        .map(line -> Ansi.OFF.string(String.format(line)))
        .flatMap(String::lines)
        .map(line -> line.isEmpty() ? ".sp" : text(line))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** No control lines, and hyphens that can be copied into a shell. */
  private static String text(String line) {
    String escaped = line.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
