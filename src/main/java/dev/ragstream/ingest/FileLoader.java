package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** Takes a file into memory as it was at one moment. */
public final class FileLoader {

  private static final int ATTEMPTS = 3;

  private final Limits limits;
  private final Opener opener;

  public FileLoader(Limits limits) {
    this(limits, Files::newInputStream);
  }

  FileLoader(Limits limits, Opener opener) {
    this.limits = limits;
    this.opener = opener;
  }

  /** Opens a file; a test puts itself in its place to change the file meanwhile. */
  interface Opener {
    InputStream open(Path path) throws IOException;
  }

  /**
   * Reads a file, and again where it changed meanwhile.
   *
   * @throws FailureException of kind {@code DOCUMENT} where it vanished, may not be read, grew
   *     beyond the limit or kept changing
   */
  public SourceFile load(Found found) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Stamp before = Stamp.of(found.path());
        byte[] bytes = read(found);
        if (before.equals(Stamp.of(found.path())) && before.size() == bytes.length) {
          return new SourceFile(found.source(), bytes);
        }
      }
    } catch (IOException e) {
      throw failure(found, e);
    }
    throw Unreadable.because(
        "%s changed each of the %d times it was read".formatted(found.source(), ATTEMPTS),
        "index it again when whatever writes it has finished");
  }

  private byte[] read(Found found) throws IOException {
    try (InputStream in = opener.open(found.path())) {
      byte[] bytes = in.readNBytes((int) Math.min(limits.fileBytes() + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limits.fileBytes()) {
        throw Unreadable.because(
            "%s grew beyond the limit of %s"
                .formatted(found.source(), Limits.megabytes(limits.fileBytes())),
            "split it into smaller files");
      }
      return bytes;
    }
  }

  private static FailureException failure(Found found, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          Unreadable.because(
              found.source() + " vanished before it was read", "index again to forget it", e);
      case AccessDeniedException _ ->
          Unreadable.because(
              found.source() + " may not be read: permission denied",
              "give yourself permission to read it, or exclude it",
              e);
      default ->
          Unreadable.because(
              "%s cannot be read: %s".formatted(found.source(), Unreadable.reason(e)),
              "check the disk it is on, or exclude it",
              e);
    };
  }

  /** What tells that a file was written to. */
  private record Stamp(FileTime modified, long size) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    }
  }
}
