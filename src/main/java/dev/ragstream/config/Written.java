package dev.ragstream.config;

import java.util.List;
import java.util.Map;

/** A setting's value as it was written, before its type looks at it. */
sealed interface Written {

  /** One value; whatever a variable or a flag holds is of this kind. */
  record Text(String text) implements Written {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A list. */
  record Items(List<String> items) implements Written {
    @Override
    public String toString() {
      return String.join(", ", items);
    }
  }

  /** Names with values. */
  record Entries(Map<String, String> entries) implements Written {
    @Override
    public String toString() {
      return String.join(", ", entries.keySet());
    }
  }
}
