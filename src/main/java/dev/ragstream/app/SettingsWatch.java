package dev.ragstream.app;

import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has the settings read again whenever one of their files or templates changes. Looks for changes
 * instead of being told: editors replace files in too many ways. Some empty a file before they
 * write it, so a change counts when two looks have seen the same.
 */
public final class SettingsWatch implements AutoCloseable {

  private final Serving serving;
  private final Path workingFolder;
  private final Duration pause;
  private final Consumer<String> notices;
  private final Thread thread;

  /**
   * Begins to watch.
   *
   * @param pause between two looks
   * @param notices is told of each change, and why it is not followed where it is not
   */
  public SettingsWatch(
      Serving serving, Path workingFolder, Duration pause, Consumer<String> notices) {
    this.serving = serving;
    this.workingFolder = workingFolder;
    this.pause = pause;
    this.notices = notices;
    List<Look> seen = look();
    this.thread = Thread.ofVirtual().name("settings-watch").start(() -> watch(seen));
  }

  /** A file as it was at one moment; size -1: it was not there. */
  private record Look(Path file, FileTime changed, long size) {}

  private void watch(List<Look> first) {
    List<Look> seen = first;
    try {
      while (true) {
        Thread.sleep(pause);
        if (!look().equals(seen)) {
          List<Look> now = settled();
          Optional<String> notice = now.equals(seen) ? Optional.empty() : reload(now);
          if (notice.isPresent()) {
            // What changes during the reading is seen by the next look, and what changes because of
            // the notice too, also in files that are new.
            seen = files(now).equals(files(look())) ? now : look();
            notices.accept(notice.get());
          }
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Waits for two looks that see the same. */
  private List<Look> settled() throws InterruptedException {
    List<Look> before = look();
    Thread.sleep(pause);
    List<Look> now = look();
    while (!now.equals(before)) {
      before = now;
      Thread.sleep(pause);
      now = look();
    }
    return now;
  }

  /** What is to be told; empty: the files changed under the reading, and have to be read again. */
  private Optional<String> reload(List<Look> now) {
    try {
      return serving
          .reload(() -> now.stream().allMatch(look -> look.equals(look(look.file))))
          .map(waiting ->
              "the settings were read again"
                  + (waiting.isEmpty()
                      ? ""
                      : "; " + String.join(" and ", waiting) + " will count after a restart"));
    } catch (FailureException e) {
      return Optional.of(
          "the old settings stay: " + e.failure().problem() + "\n  → " + e.failure().remedy());
    }
  }

  private List<Look> look() {
    return serving.files().stream().map(workingFolder::resolve).distinct().map(this::look).toList();
  }

  private static List<Path> files(List<Look> looks) {
    return looks.stream().map(Look::file).toList();
  }

  private Look look(Path file) {
    try {
      return new Look(file, Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      return new Look(file, Objects.requireNonNull(FileTime.fromMillis(0)), -1);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
