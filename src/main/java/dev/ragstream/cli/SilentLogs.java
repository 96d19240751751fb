package dev.ragstream.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What libraries log helps no user. The JDK makes one of these when, and only when, a library asks
 * for its logger; most commands end before that.
 */
public final class SilentLogs {

  /** For the JDK, which finds the class by its name. */
  public SilentLogs() {
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /** Has effect unless something was logged already. */
  static void inThisProcess() {
    System.setProperty("java.util.logging.config.class", SilentLogs.class.getName());
  }
}
