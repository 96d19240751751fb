package dev.ragstream.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs a BERT model on ONNX Runtime, one text at a time: int8 models measure their activations over
 * the whole batch, so that a text's vector would depend on the texts beside it. Safe for use by
 * several threads, which is how it gets all processors to work.
 */
final class Inference implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final ModelSession model;
  private final Pooling pooling;
  private final int dimensions;

  Inference(ModelSession model, Pooling pooling, int dimensions) {
    this.model = model;
    this.pooling = pooling;
    this.dimensions = dimensions;
  }

  /**
   * Runs the model over one text.
   *
   * @param ids of one text's tokens, the special ones included
   * @return a vector of length 1
   */
  float[] embed(long[] ids) {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor inputIds = tensor(ids);
        OnnxTensor attentionMask = tensor(ones);
        OnnxTensor tokenTypes = tensor(new long[ids.length]);
        OrtSession.Result result =
            model.run(
                Map.of(
                    "input_ids", inputIds,
                    "attention_mask", attentionMask,
                    "token_type_ids", tokenTypes))) {
      OnnxTensor hidden = (OnnxTensor) result.get(0);
      return ofLengthOne(pooling.pool(hidden.getFloatBuffer(), ids.length, dimensions));
    } catch (OrtException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.EMBEDDING,
              "the embedding model could not be run: " + e.getMessage(),
              "check that enough memory is free, and try again"),
          e);
    }
  }

  @Override
  public void close() {
    try {
      model.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[] ofLengthOne(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }
}
