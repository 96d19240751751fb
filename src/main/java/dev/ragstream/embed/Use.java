package dev.ragstream.embed;

/** What a model is loaded for. The vectors are the same. */
enum Use {
  /** One text now and then: weights are read as they lie in the file, so that it begins at once. */
  QUESTIONS,
  /** Many texts: weights are first arranged for the processor, which takes time and a copy. */
  PASSAGES
}
