import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Leaves in the jars of a folder the native code of one platform only: {@code FOLDER PLATFORM}. That of the others is most of what they hold.
 * There is no release for Macs with Intel processors, for which the tokenizer has no code.
 */
final class OnePlatform {

  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dylib|jnilib|dll)");
  private static final Pattern FOR_DEBUGGERS = Pattern.compile(".*\\.dSYM/.*");

  /** By platform, the folders of ONNX Runtime, tokenizers, SQLite, JLine and JNA. */
  private static final Map<String, List<String>> FOLDERS =
      new TreeMap<>(
          Map.of(
              "linux-x86_64", folders("linux-x64", "linux-x86_64", "Linux/x86_64", "Linux/x86_64", "linux-x86-64"),
              "linux-aarch_64", folders("linux-aarch64", "linux-aarch64", "Linux/aarch64", "Linux/arm64", "linux-aarch64"),
              "osx-aarch_64", folders("osx-aarch64", "osx-aarch64", "Mac/aarch64", "Mac/arm64", "darwin-aarch64"),
              "windows-x86_64", folders("win-x64", "win-x86_64", "Windows/x86_64", "Windows/x86_64", "win32-x86-64")));

  public static void main(String[] args) throws IOException {
    List<String> kept = FOLDERS.get(args[1]);
    if (kept == null) {
      System.err.println("error: ragstream is not released for " + args[1] + ", but for " + String.join(", ", FOLDERS.keySet()));
      System.exit(2);
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        leave(kept, jar);
      }
    }
  }

  private static void leave(List<String> kept, Path jar) throws IOException {
    try (FileSystem entries = FileSystems.newFileSystem(jar);
        Stream<Path> all = Files.walk(entries.getPath("/"))) {
      for (Path entry : all.filter(Files::isRegularFile).toList()) {
        String name = entry.toString().substring(1);
        boolean foreign = NATIVE.matcher(name).matches() && kept.stream().noneMatch(name::startsWith);
        if (foreign || FOR_DEBUGGERS.matcher(name).matches()) {
          Files.delete(entry);
        }
      }
    }
  }

  private static List<String> folders(String onnxRuntime, String tokenizers, String sqlite, String jline, String jna) {
    return List.of(
        "ai/onnxruntime/native/" + onnxRuntime + "/",
        "native/lib/" + tokenizers + "/cpu/",
        "org/sqlite/native/" + sqlite + "/",
        "org/jline/nativ/" + jline + "/",
        "com/sun/jna/" + jna + "/");
  }
}
