package dev.ragstream.config;

/** Where a setting's value was written. */
public sealed interface Origin {

  /** Nowhere: it is the built-in default. */
  record Standard() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * In a settings file.
   *
   * @param file as it is shown to people: relative to the working folder where it lies beneath it
   * @param line from 1
   */
  record FileLine(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** In an environment variable. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * On the command line.
   *
   * @param spelling without the value, which may be secret: {@code --set llm.apiKey}
   */
  record Flag(String spelling) implements Origin {
    @Override
    public String toString() {
      return spelling;
    }
  }
}
