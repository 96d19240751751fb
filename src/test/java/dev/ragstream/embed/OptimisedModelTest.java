package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimisedModelTest {

  private static final BundledModel MODEL = BundledModel.ALL_MINILM_L6;
  private static final long[] SHORT = {101, 2323, 1045, 4287, 2019, 12977, 1029, 102};
  private static final long[] LONG = LongStream.range(0, 240).map(i -> 999 + i * 37).toArray();

  @TempDir private Path folder;

  @BeforeAll
  static void locateOnnxRuntime() throws IOException {
    new NativeCode(new ResourceCache(TestModels.CACHE)).locateOnnxRuntime();
  }

  @ParameterizedTest
  @EnumSource
  void vectorsAreThoseOfTheOriginal(BundledModel model) throws Exception {
    try (Inference original = inference(model, original(model));
        Inference questions = inference(model, open(TestModels.CACHE, model, Use.QUESTIONS));
        Inference passages = inference(model, open(TestModels.CACHE, model, Use.PASSAGES))) {
      for (long[] ids : List.of(SHORT, LONG)) {
        float[] expected = original.embed(ids);

        assertThat(questions.embed(ids)).containsExactly(expected, within(1e-6f));
        assertThat(passages.embed(ids)).containsExactly(expected, within(1e-6f));
      }
    }
  }

  @Test
  void itIsMadeOnce() throws Exception {
    vector();
    Object made = Files.readAttributes(file(), BasicFileAttributes.class).fileKey();

    vector();

    assertThat(Files.readAttributes(file(), BasicFileAttributes.class).fileKey()).isEqualTo(made);
    assertThat(file().getFileName().toString())
        .contains(OrtEnvironment.getEnvironment().getVersion())
        .contains(System.getProperty("os.arch"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 10_000, 1_000_000})
  void aFileThatWasCutOffIsMadeAnew(int length) throws Exception {
    float[] expected = vector();
    byte[] whole = Files.readAllBytes(file());
    FileTime time = Files.getLastModifiedTime(file());
    Files.write(file(), Arrays.copyOf(whole, length));
    Files.setLastModifiedTime(file(), time);

    assertThat(vector()).containsExactly(expected);
    // Not the same to the byte: ONNX Runtime writes some of it in no fixed order.
    assertThat(Files.size(file())).isCloseTo(whole.length, withinPercentage(1));
  }

  @Test
  void aFileThatHoldsSomethingElseIsMadeAnew() throws Exception {
    float[] expected = vector();
    long size = Files.size(file());
    FileTime time = Files.getLastModifiedTime(file());
    Files.write(file(), new byte[(int) size]);
    Files.setLastModifiedTime(file(), time);

    assertThat(vector()).containsExactly(expected);
  }

  @Test
  void aFileThatWasTouchedIsNotTrusted() throws Exception {
    float[] expected = vector();
    FileTime time = Files.getLastModifiedTime(file());
    byte[] other = Files.readAllBytes(file());
    Arrays.fill(other, other.length / 4, other.length / 2, (byte) 1);
    Files.write(file(), other);

    assertThat(vector()).containsExactly(expected);
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(time);
  }

  @Test
  void aFolderThatCannotBeWrittenOnlyMakesItSlower() throws Exception {
    float[] expected = vector();
    Path occupied = Files.writeString(folder.resolve("occupied"), "a file");

    try (Inference inference = inference(MODEL, open(occupied, MODEL, Use.QUESTIONS))) {
      assertThat(inference.embed(SHORT)).containsExactly(expected);
    }
    assertThat(occupied).hasContent("a file");
  }

  @Test
  void manyMayMakeItAtOnce() throws Exception {
    List<Future<float[]>> vectors = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        vectors.add(threads.submit(this::vector));
      }
    }
    float[] expected = vector();
    for (Future<float[]> each : vectors) {
      assertThat(each.get()).containsExactly(expected);
    }
    try (Stream<Path> left = Files.list(file().getParent())) {
      assertThat(left).hasSize(1);
    }
  }

  private float[] vector() throws Exception {
    try (Inference inference = inference(MODEL, open(folder, MODEL, Use.QUESTIONS))) {
      return inference.embed(SHORT);
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".ort")).findFirst().orElseThrow();
    }
  }

  private static ModelSession open(Path cache, BundledModel model, Use use) throws Exception {
    return new OptimisedModel(new ResourceCache(cache), model.model().name(), model.onnxResource())
        .open(use);
  }

  /** As ONNX Runtime runs it when it is told nothing. */
  private static ModelSession original(BundledModel model) throws Exception {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      byte[] onnx = new ResourceCache(TestModels.CACHE).bytes(model.onnxResource());
      return new ModelSession(
          OrtEnvironment.getEnvironment().createSession(onnx, options), ByteBuffer.allocate(0));
    }
  }

  private static Inference inference(BundledModel model, ModelSession session) {
    return new Inference(session, model.pooling(), model.dimensions());
  }
}
