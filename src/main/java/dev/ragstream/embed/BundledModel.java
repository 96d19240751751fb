package dev.ragstream.embed;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The embedding models whose weights are on the class path, as {@code NAME.onnx} and {@code
 * NAME-tokenizer.json} at the root of a jar. All are BERT models with int8 weights.
 */
public enum BundledModel {
  /** BAAI's English model; its questions want an instruction. */
  BGE_SMALL_EN(
      "bge-small-en",
      "bge-small-en-v1.5-q",
      384,
      Pooling.FIRST_TOKEN,
      "Represent this sentence for searching relevant passages: ",
      "",
      0),
  /** BAAI's Chinese model; its questions want an instruction. */
  BGE_SMALL_ZH(
      "bge-small-zh",
      "bge-small-zh-v1.5-q",
      512,
      Pooling.FIRST_TOKEN,
      "为这个句子生成表示以用于检索相关文章：",
      "",
      0),
  /** Sentence Transformers' English model of six layers: three times as fast, less exact. */
  ALL_MINILM_L6("all-minilm-l6", "all-minilm-l6-v2-q", 384, Pooling.MEAN, "", "", 0),
  /** Microsoft's English model, trained with a prefix on both sides. */
  E5_SMALL("e5-small", "e5-small-v2-q", 384, Pooling.MEAN, "query: ", "passage: ", 2);

  /** The positions that BERT was trained with, the two special tokens included. */
  static final int POSITIONS = 512;

  private final String settingName;
  private final String resource;
  private final int dimensions;
  private final Pooling pooling;
  private final String questionPrefix;
  private final String passagePrefix;
  private final int passagePrefixTokens;

  BundledModel(
      String settingName,
      String resource,
      int dimensions,
      Pooling pooling,
      String questionPrefix,
      String passagePrefix,
      int passagePrefixTokens) {
    this.settingName = settingName;
    this.resource = resource;
    this.dimensions = dimensions;
    this.pooling = pooling;
    this.questionPrefix = questionPrefix;
    this.passagePrefix = passagePrefix;
    this.passagePrefixTokens = passagePrefixTokens;
  }

  /**
   * The model that the setting {@code embedding.model} names.
   *
   * @throws FailureException of kind {@code SETTINGS} if there is none of that name
   */
  public static BundledModel named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.settingName.equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** The name in the settings, and the length of its vectors. */
  public EmbeddingModel model() {
    return new EmbeddingModel(settingName, dimensions);
  }

  /**
   * The longest passage that the model reads, in its tokens: its positions, less the two special
   * tokens and those of the prefix.
   */
  int maxTokens() {
    return POSITIONS - 2 - passagePrefixTokens;
  }

  String onnxResource() {
    return resource + ".onnx";
  }

  String tokenizerResource() {
    return resource + "-tokenizer.json";
  }

  int dimensions() {
    return dimensions;
  }

  Pooling pooling() {
    return pooling;
  }

  String questionPrefix() {
    return questionPrefix;
  }

  /** What the model wants before a passage; empty where it wants nothing. */
  public String passagePrefix() {
    return passagePrefix;
  }

  private static FailureException unknown(String name) {
    String known =
        Arrays.stream(values()).map(model -> model.settingName).collect(Collectors.joining(", "));
    String meant =
        Nearest.to(name, Arrays.stream(values()).map(model -> model.settingName).toList())
            .map(nearest -> "set embedding.model to \"" + nearest + "\" if that was meant; ")
            .orElse("");
    return new FailureException(
        Failure.Kind.SETTINGS,
        "there is no bundled embedding model named \"" + name + "\"",
        meant + "the bundled models are " + known);
  }
}
