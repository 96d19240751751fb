package dev.ragstream.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A model that is ready to run.
 *
 * @param memory what the session reads its weights from, and must outlive it; empty where it has
 *     them
 */
record ModelSession(OrtSession session, ByteBuffer memory) implements AutoCloseable {

  OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException {
    return session.run(inputs);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
