package dev.ragstream.core;

import java.util.List;

/**
 * Port: cuts text into what a ranking by words compares, the same for every store. Safe for use by
 * several threads.
 */
public interface TextAnalysis {

  /** The terms of a passage in their order, without white space in them. */
  List<String> passageTerms(String text);

  /**
   * The terms of a question, any of which may match; one that is said twice counts twice. A pasted
   * page is no better a question than its beginning, so at most 500 different ones.
   */
  List<String> questionTerms(String text);

  /**
   * The words of a question as a reader would mark them off, in any script: each once, in lower
   * case, unstemmed, without stop words.
   */
  List<String> questionWords(String text);
}
