package dev.ragstream.embed;

import java.nio.file.Path;

/** The real models, unpacked once for all test runs. */
final class TestModels {

  static final Path CACHE = Path.of("target", "resource-cache");

  static {
    // DJL's own tokenizer class, which LangChain4j uses, would report each start over the network.
    System.setProperty("ai.djl.offline", "true");
  }

  private TestModels() {}

  static OnnxEmbedder load(BundledModel model) {
    return new OnnxEmbedder(model, CACHE);
  }

  static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
