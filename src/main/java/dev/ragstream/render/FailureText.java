package dev.ragstream.render;

import dev.ragstream.core.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;

/** How a failure is told to people: the problem, then what to do. */
public final class FailureText {

  private FailureText() {}

  /** The stack trace of what was thrown, for who looks for the fault. */
  public static String trace(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace, true));
    return TerminalText.safe(trace.toString());
  }

  /** Lines that end in a line feed. */
  public static String of(Failure failure, Style style) {
    return error(failure.problem(), failure.remedy(), style);
  }

  /** The same for what is told to people alone. */
  public static String error(String problem, String remedy, Style style) {
    return lines(style.red("error:"), problem, remedy, style);
  }

  /** The same for what is no failure and yet not as it should be. */
  public static String warning(String problem, String remedy, Style style) {
    return lines(style.yellow("warning:"), problem, remedy, style);
  }

  private static String lines(String mark, String problem, String remedy, Style style) {
    return mark
        + " "
        + TerminalText.safe(problem)
        + "\n  "
        + style.cyan("→")
        + " "
        + TerminalText.safe(remedy).replace("\n", "\n    ")
        + "\n";
  }
}
