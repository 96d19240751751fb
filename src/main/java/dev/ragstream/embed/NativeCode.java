package dev.ragstream.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Loads the native code of the tokenizer and of ONNX Runtime from the cache. DJL's own loader is
 * passed by: on the way it looks for a GPU, and its tokenizer class reports each start over the
 * network.
 */
final class NativeCode {

  private static final String ONNX_RUNTIME_PATH = "onnxruntime.native.path";

  private final ResourceCache cache;
  private final Platform platform =
      Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"));

  NativeCode(ResourceCache cache) {
    this.cache = cache;
  }

  /** After this, {@code TokenizersLibrary} can be called. */
  @SuppressWarnings("restricted") // the manifest and the start script allow native access
  void loadTokenizers() throws IOException {
    List<String> resources = platform.tokenizers();
    Path folder = cache.unpack("tokenizers", resources);
    for (String resource : resources) {
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      System.load(file.toAbsolutePath().toString());
    }
  }

  /** After this, {@code OrtEnvironment} loads from the cache; a path that the user set stands. */
  void locateOnnxRuntime() throws IOException {
    if (System.getProperty(ONNX_RUNTIME_PATH) == null) {
      Path folder = cache.unpack("onnxruntime", platform.onnxRuntime());
      System.setProperty(ONNX_RUNTIME_PATH, folder.toAbsolutePath().toString());
    }
  }

  /** Where a platform's native code is in the jars. */
  record Platform(OperatingSystem system, boolean arm) {

    /**
     * @param name the system property {@code os.name}
     * @param architecture the system property {@code os.arch}
     */
    static Platform of(String name, String architecture) {
      String lower = name.toLowerCase(Locale.ROOT);
      OperatingSystem system =
          lower.startsWith("windows")
              ? OperatingSystem.WINDOWS
              : lower.startsWith("mac") ? OperatingSystem.MACOS : OperatingSystem.LINUX;
      return new Platform(system, architecture.equals("aarch64"));
    }

    /** In the order in which they have to be loaded. */
    List<String> tokenizers() {
      String folder = "native/lib/" + system.folder + (arm ? "-aarch64" : "-x86_64") + "/cpu/";
      Stream<String> beneath =
          system == OperatingSystem.WINDOWS
              ? Stream.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll")
              : Stream.empty();
      return Stream.concat(beneath, Stream.of(system.library("tokenizers")))
          .map(folder::concat)
          .toList();
    }

    List<String> onnxRuntime() {
      String folder = "ai/onnxruntime/native/" + system.folder + (arm ? "-aarch64" : "-x64") + "/";
      return Stream.of("onnxruntime4j_jni", "onnxruntime")
          .map(system::library)
          .map(folder::concat)
          .toList();
    }
  }

  enum OperatingSystem {
    LINUX("linux", "lib", ".so"),
    MACOS("osx", "lib", ".dylib"),
    WINDOWS("win", "", ".dll");

    private final String folder;
    private final String prefix;
    private final String suffix;

    OperatingSystem(String folder, String prefix, String suffix) {
      this.folder = folder;
      this.prefix = prefix;
      this.suffix = suffix;
    }

    String library(String name) {
      return prefix + name + suffix;
    }
  }
}
