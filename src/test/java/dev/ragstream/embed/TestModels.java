package dev.ragstream.embed;

import java.nio.file.Path;

/** The real models, unpacked once for all test runs. */
final class TestModels {

  static final Path CACHE = Path.of("target", "resource-cache");

  static {
    // For DJL's own tokenizer class, which LangChain4j uses: it would report its start over the
    // network, and unpack into the home folder.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ENGINE_CACHE_DIR", CACHE.resolve("djl").toString());
  }

  private TestModels() {}

  static OnnxEmbedder load(BundledModel model) {
    return new OnnxEmbedder(model, CACHE);
  }
}
