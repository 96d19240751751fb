package dev.ragstream.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A model as ONNX Runtime arranges it when it reads the original, kept in its own format: mapped
 * from there, it is ready in a fraction of the time, and computes the same. Made by the first start
 * that wants it, and anew where it is missing, damaged, or another version's.
 */
final class OptimisedModel {

  /** All that helps these models; beyond it, what comes out would fit one processor alone. */
  private static final OptLevel LEVEL = OptLevel.EXTENDED_OPT;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final ResourceCache cache;
  private final String resource;
  private final Path file;

  /**
   * Makes nothing yet.
   *
   * @param name of the model's folder in the cache
   * @param resource the original, in ONNX format
   */
  OptimisedModel(ResourceCache cache, String name, String resource) throws IOException {
    this.cache = cache;
    this.resource = resource;
    String made = environment.getVersion() + "-" + System.getProperty("os.arch");
    this.file =
        cache.folder(name, resource).resolve(resource.replace(".onnx", "-" + made + ".ort"));
  }

  /**
   * Opens the model, making the file first where that is due. Where it cannot be written, the
   * original takes its place, which is slower and otherwise the same.
   */
  ModelSession open(Use use) throws IOException, OrtException {
    try {
      if (ResourceCache.isAsMade(file)) {
        return map(use);
      }
    } catch (IOException | OrtException damaged) {
      // made anew
    }
    try {
      ResourceCache.write(file, this::make);
      return map(use);
    } catch (IOException | OrtException unwritable) {
      return original();
    }
  }

  private void make(Path part) throws IOException, OrtException {
    try (SessionOptions options = options(LEVEL)) {
      options.setOptimizedModelFilePath(part.toString());
      options.addConfigEntry("session.save_model_format", "ORT");
      environment.createSession(cache.bytes(resource), options).close();
    }
  }

  private ModelSession map(Use use) throws IOException, OrtException {
    try (FileChannel channel = FileChannel.open(file);
        SessionOptions options = options(OptLevel.NO_OPT)) {
      ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, channel.size());
      options.addConfigEntry("session.use_ort_model_bytes_directly", "1");
      options.addConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
      options.addConfigEntry("session.disable_prepacking", use == Use.QUESTIONS ? "1" : "0");
      return new ModelSession(environment.createSession(mapped, options), mapped);
    }
  }

  private ModelSession original() throws IOException, OrtException {
    try (SessionOptions options = options(LEVEL)) {
      return new ModelSession(
          environment.createSession(cache.bytes(resource), options), ByteBuffer.allocate(0));
    }
  }

  private static SessionOptions options(OptLevel level) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setOptimizationLevel(level);
    return options;
  }
}
