package dev.ragstream.core;

import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process of its own that writes to a store: {@code hold OPENER PLACE} or {@code index OPENER
 * PLACE FROM}, where {@code OPENER} is the class of an {@link Opener}.
 */
public final class StoreChild {

  /** Opens stores; a public class with a constructor without parameters. */
  public interface Opener {

    /**
     * Opens one.
     *
     * @param place tells stores apart: a folder, an address and an index
     */
    PassageStore open(String place);
  }

  public static final EmbeddingModel MODEL = new EmbeddingModel("tiny", 2);

  /** How many documents there are; version v is of the document v modulo this. */
  static final int DOCUMENTS = 12;

  private StoreChild() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Opener opener =
        Class.forName(args[1]).asSubclass(Opener.class).getDeclaredConstructor().newInstance();
    System.out.println("opening");
    try (PassageStore store = opener.open(args[2]);
        PassageWriter writer = store.write(MODEL, false)) {
      System.out.println("open");
      switch (args[0]) {
        case "hold" -> System.in.read();
        case "index" -> indexForever(writer, Integer.parseInt(args[3]), System.out);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  private static void indexForever(PassageWriter writer, int from, PrintStream out) {
    for (int version = from; true; version++) {
      String source = source(version);
      int chunks = 1 + version % 5;
      writer.delete(source);
      out.println("deleted");
      for (int n = 1; n <= chunks; n++) {
        String text = "common words, version " + version;
        writer.add(
            new EmbeddedChunk(
                new Chunk(source + "#" + n, source, "", text, Map.of()), new float[] {1, 0}));
        out.println("added");
      }
      writer.add(new StoredDocument(source, Integer.toString(version), chunks));
      if (version % 3 == 0) {
        out.println("committing");
        writer.commit();
        out.println("committed " + version);
      }
    }
  }

  static String source(int version) {
    return "doc" + version % DOCUMENTS;
  }

  /** Starts this class in a new process of the same Java, on the same class path. */
  static Process start(String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  static BufferedReader output(Process child) {
    return child.inputReader(StandardCharsets.UTF_8);
  }
}
