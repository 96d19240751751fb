package dev.ragstream.embed;

/** Arithmetic that tests judge vectors by. */
public final class Vectors {

  private Vectors() {}

  /** The cosine of the angle between two vectors. */
  public static double cosine(float[] a, float[] b) {
    return product(a, b) / (length(a) * length(b));
  }

  /** Euclid's. */
  public static double length(float[] vector) {
    return Math.sqrt(product(vector, vector));
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
