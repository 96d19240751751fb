package dev.ragstream.embed;

import dev.ragstream.upstream.JsonAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** Reads vectors as servers send them: an array of numbers, or floats in base64. */
final class JsonVectors {

  private JsonVectors() {}

  /** A vector, which may be of any length but zero, of finite numbers that are not all zero. */
  static float[] read(JsonNode node, JsonAnswer answer) {
    float[] vector =
        switch (node.getNodeType()) {
          case ARRAY -> numbers(node, answer);
          case STRING -> base64(node.stringValue(), answer);
          case BINARY, BOOLEAN, MISSING, NULL, NUMBER, OBJECT, POJO ->
              throw answer.unusable("answered with no vector where one belongs");
        };
    return unit(vector, answer);
  }

  static String missing(int answered, int asked) {
    return "answered with " + answered + " vectors for " + asked + " texts";
  }

  private static float[] numbers(JsonNode array, JsonAnswer answer) {
    float[] vector = new float[array.size()];
    for (int i = 0; i < vector.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isNumber()) {
        throw answer.unusable("answered with a vector that holds something else than numbers");
      }
      vector[i] = (float) number.doubleValue();
    }
    return vector;
  }

  private static float[] base64(String text, JsonAnswer answer) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      float[] vector = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      return vector;
    } catch (IllegalArgumentException _) {
      throw answer.unusable("answered with a vector that is neither an array nor base64");
    }
  }

  /** The same direction at length 1. */
  private static float[] unit(float[] vector, JsonAnswer answer) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (!(square > 0) || Double.isInfinite(square)) {
      throw answer.unusable(
          vector.length == 0
              ? "answered with an empty vector"
              : "answered with a vector that has no direction: all zero, or not finite");
    }
    double length = Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}
