package dev.ragstream.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/**
 * Large resources, unpacked from their jars into a folder of the user's once and for all starts:
 * native code cannot be run out of a jar, and weights are read three times as fast from a file.
 */
final class ResourceCache {

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
    String versioned = name + "-" + checksum(resources.getLast());
    try {
      return unpackInto(folder.resolve(versioned), resources);
    } catch (IOException unwritable) {
      Path temporary = Files.createTempDirectory("ragstream-" + versioned);
      temporary.toFile().deleteOnExit();
      resources.forEach(resource -> temporary.resolve(fileName(resource)).toFile().deleteOnExit());
      return unpackInto(temporary, resources);
    }
  }

  private static Path unpackInto(Path target, List<String> resources) throws IOException {
    Files.createDirectories(target);
    for (String resource : resources) {
      Path file = target.resolve(fileName(resource));
      JarURLConnection packed = open(resource);
      if (!Files.exists(file) || Files.size(file) != packed.getContentLengthLong()) {
        copy(packed, file);
      }
    }
    return target;
  }

  private static void copy(JarURLConnection packed, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      try (InputStream in = packed.getInputStream();
          FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        in.transferTo(out);
        channel.force(true); // or a power cut could leave a file of the right length, but empty
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
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
