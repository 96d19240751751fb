package dev.ragstream.render;

import dev.ragstream.core.Failure;

/** How a failure is told to people: the problem, then what to do. */
public final class FailureText {

  private FailureText() {}

  /** Lines that end in a line feed. */
  public static String of(Failure failure, Style style) {
    return style.red("error:")
        + " "
        + TerminalText.safe(failure.problem())
        + "\n  "
        + style.cyan("→")
        + " "
        + TerminalText.safe(failure.remedy()).replace("\n", "\n    ")
        + "\n";
  }
}
