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
  private final boolean arm = System.getProperty("os.arch").equals("aarch64");
  private final String system = operatingSystem();

  NativeCode(ResourceCache cache) {
    this.cache = cache;
  }

  /** After this, {@code TokenizersLibrary} can be called. */
  @SuppressWarnings("restricted") // the manifest and the start script allow native access
  void loadTokenizers() throws IOException {
    String library = System.mapLibraryName("tokenizers");
    List<String> files =
        system.equals("win")
            ? List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", library)
            : List.of(library);
    String resources = "native/lib/" + system + (arm ? "-aarch64" : "-x86_64") + "/cpu/";
    Path folder = cache.unpack("tokenizers", files.stream().map(resources::concat).toList());
    for (String file : files) {
      System.load(folder.resolve(file).toAbsolutePath().toString());
    }
  }

  /** After this, {@code OrtEnvironment} loads from the cache; a path that the user set stands. */
  void locateOnnxRuntime() throws IOException {
    if (System.getProperty(ONNX_RUNTIME_PATH) != null) {
      return;
    }
    Stream<String> libraries =
        system.equals("win")
            ? Stream.of("onnxruntime_providers_shared", "onnxruntime4j_jni", "onnxruntime")
            : Stream.of("onnxruntime4j_jni", "onnxruntime");
    String resources = "ai/onnxruntime/native/" + system + (arm ? "-aarch64" : "-x64") + "/";
    Path folder =
        cache.unpack(
            "onnxruntime",
            libraries.map(library -> resources + System.mapLibraryName(library)).toList());
    System.setProperty(ONNX_RUNTIME_PATH, folder.toAbsolutePath().toString());
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "win" : name.startsWith("mac") ? "osx" : "linux";
  }
}
