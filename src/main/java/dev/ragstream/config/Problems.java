package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with the settings, so that the user hears all of it at once. */
final class Problems {

  private static final int SHOWN = 20;

  private final List<Failure> found = new ArrayList<>();

  /** Notes one; {@code where} is a file with its line, a variable or a flag. */
  void add(Object where, String problem, String remedy) {
    found.add(new Failure(Failure.Kind.SETTINGS, where + ": " + problem, remedy));
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** Throws one failure for all, if there are any. */
  void throwIfAny() {
    if (found.size() == 1) {
      throw new FailureException(found.getFirst());
    }
    if (!found.isEmpty()) {
      throw new FailureException(Failure.Kind.SETTINGS, all(), "correct each of them");
    }
  }

  private String all() {
    String more = found.size() > SHOWN ? "\n  and %d more".formatted(found.size() - SHOWN) : "";
    return found.stream()
        .limit(SHOWN)
        .map(each -> "\n  %s (%s)".formatted(each.problem().replace("\n", "\n  "), each.remedy()))
        .collect(Collectors.joining("", found.size() + " settings cannot be used:", more));
  }
}
