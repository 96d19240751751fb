package dev.ragstream.render;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** How a piece of text is set off from the rest. */
enum Emphasis {
  BOLD("1"),
  DIM("2"),
  ITALIC("3"),
  UNDERLINED("4"),
  CODE("36");

  private final String code;

  Emphasis(String code) {
    this.code = code;
  }

  /** What turns exactly these on. */
  static String sequence(Set<Emphasis> wanted) {
    return wanted.isEmpty()
        ? "\u001b[0m"
        : wanted.stream().map(each -> each.code).collect(Collectors.joining(";", "\u001b[0;", "m"));
  }

  /** The same for a terminal without colours: code is bold. */
  static Set<Emphasis> withoutColours(Set<Emphasis> wanted) {
    if (!wanted.contains(CODE)) {
      return wanted;
    }
    Set<Emphasis> others = BOLD.and(wanted);
    others.remove(CODE);
    return others;
  }

  Set<Emphasis> and(Set<Emphasis> others) {
    EnumSet<Emphasis> all = EnumSet.of(this);
    all.addAll(others);
    return all;
  }
}
