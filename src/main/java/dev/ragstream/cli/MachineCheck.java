package dev.ragstream.cli;

import dev.ragstream.core.Finding;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a command needs of the machine: Java, room on the disk, a terminal that shows its words. */
final class MachineCheck {

  /** An index of some thousand documents fits into it. */
  private static final long LITTLE = 1L << 30;

  private static final long NONE = 32L << 20;

  private MachineCheck() {}

  static Finding java() {
    return Finding.good(
        "java",
        "%s (%s), at most %s of memory, %d processors"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.vendor", "of an unknown vendor"),
                size(Runtime.getRuntime().maxMemory()),
                Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Whether an index and a journal have room.
   *
   * @param folder where they are kept; it need not be there yet
   */
  static Finding disk(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      FileStore disk = Files.getFileStore(there);
      long room = disk.getUsableSpace();
      String observation = size(room) + " are free where " + folder + " is";
      if (!Files.isWritable(there)) {
        return new Finding(
            Finding.Level.BROKEN,
            "disk",
            there + " may not be written",
            "allow it, or name other places: store.path in ragstream.yaml");
      }
      String remedy = "free some space before you index more";
      return room < NONE
          ? new Finding(Finding.Level.BROKEN, "disk", observation, remedy)
          : room < LITTLE
              ? Finding.warning("disk", observation, remedy)
              : Finding.good("disk", observation);
    } catch (IOException e) {
      return Finding.warning(
          "disk",
          "how much is free at " + there + " cannot be found out: " + e,
          "look at it yourself if writing fails");
    }
  }

  static Finding terminal(Console console, boolean colours) {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (!names.equals(StandardCharsets.UTF_8)) {
      return Finding.warning(
          "terminal",
          "the locale's encoding is " + names + ", so file names beyond it cannot be told apart",
          "set LC_ALL=C.UTF-8, or another locale with UTF-8");
    }
    return Finding.good(
        "terminal",
        console.terminals().out()
            ? "%d columns, %s, UTF-8"
                .formatted(console.columns(), colours ? "colours" : "no colours")
            : "the output goes to a file or another program, without colours unless --color=always");
  }

  private static String size(long bytes) {
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%d MB", bytes >> 20)
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1 << 30));
  }
}
