package dev.ragstream.embed;

import java.nio.FloatBuffer;

/** How the vectors of a text's tokens become one vector. */
enum Pooling {
  /** The vector of the special first token {@code [CLS]} alone. */
  FIRST_TOKEN {
    @Override
    float[] pool(FloatBuffer hidden, int tokens, int dimensions) {
      float[] vector = new float[dimensions];
      hidden.get(0, vector);
      return vector;
    }
  },
  /** The mean of all tokens' vectors, the special ones included. */
  MEAN {
    @Override
    float[] pool(FloatBuffer hidden, int tokens, int dimensions) {
      float[] sum = new float[dimensions];
      float[] row = new float[dimensions];
      for (int token = 0; token < tokens; token++) {
        hidden.get(token * dimensions, row);
        for (int i = 0; i < dimensions; i++) {
          sum[i] += row[i];
        }
      }
      return sum; // its length is made 1 afterwards, so the division by the count is left out
    }
  };

  /**
   * Reads the last hidden state of one text.
   *
   * @param hidden row by row, {@code tokens} × {@code dimensions}
   * @return a vector in the pooled direction, of any length
   */
  abstract float[] pool(FloatBuffer hidden, int tokens, int dimensions);
}
