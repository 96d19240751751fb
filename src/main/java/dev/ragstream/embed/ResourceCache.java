package dev.ragstream.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Large resources, unpacked from their jars into a folder of the user's once and for all starts,
 * since native code cannot be run out of a jar; and what is made out of them.
 */
final class ResourceCache {

  private static final FileTime MADE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final Path folder;

  /**
   * @param folder is created on first use; where that fails, a temporary folder takes its place
   */
  ResourceCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes resources exist as files, under their own file names. Safe while other processes do the
   * same: a file appears whole or not at all, and one that is there already is left alone.
   *
   * @param name of the folder, to which a checksum is added that tells versions apart
   * @param resources full names; the last one's checksum counts
   * @return the folder that holds them
   */
  Path unpack(String name, List<String> resources) throws IOException {
    Path target = folder(name, resources.getLast());
    try {
      return unpackInto(target, resources);
    } catch (IOException unwritable) {
      Path temporary = Files.createTempDirectory("ragstream-" + target.getFileName());
      temporary.toFile().deleteOnExit();
      resources.forEach(resource -> temporary.resolve(fileName(resource)).toFile().deleteOnExit());
      return unpackInto(temporary, resources);
    }
  }

  /** Where what comes of a resource is kept; it need not exist yet. */
  Path folder(String name, String resource) throws IOException {
    return folder.resolve(name + "-" + checksum(resource));
  }

  /** What a resource holds. */
  byte[] bytes(String resource) throws IOException {
    try (InputStream in = open(resource).getInputStream()) {
      return in.readAllBytes();
    }
  }

  /**
   * Makes a file, or makes it anew. Whoever looks meanwhile sees it whole, as it was or as it will
   * be.
   *
   * @param filling writes what shall be in it into the empty file that it is given
   */
  static <X extends Exception> void write(Path file, Filling<X> filling) throws IOException, X {
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      filling.fill(part);
      Files.setLastModifiedTime(part, MADE);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true); // or a power cut could leave a file of the right length, but empty
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Whether a file was written here, and not touched since: it would have another time. */
  static boolean isAsMade(Path file) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).equals(MADE);
  }

  /** Writes a file's contents. */
  @FunctionalInterface
  interface Filling<X extends Exception> {

    void fill(Path part) throws IOException, X;
  }

  private static Path unpackInto(Path target, List<String> resources) throws IOException {
    for (String resource : resources) {
      Path file = target.resolve(fileName(resource));
      JarURLConnection packed = open(resource);
      if (!Files.exists(file) || Files.size(file) != packed.getContentLengthLong()) {
        write(
            file,
            part -> {
              try (InputStream in = packed.getInputStream();
                  OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
              }
            });
      }
    }
    return target;
  }

  private static String checksum(String resource) throws IOException {
    return HexFormat.of().toHexDigits((int) open(resource).getJarEntry().getCrc());
  }

  private static JarURLConnection open(String resource) throws IOException {
    URL url = ResourceCache.class.getClassLoader().getResource(resource);
    if (url != null && url.openConnection() instanceof JarURLConnection connection) {
      return connection;
    }
    throw new IOException("no jar on the class path holds " + resource);
  }

  private static String fileName(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}
