package dev.ragstream.model;

import dev.ragstream.core.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Picks the few statements that answer a question best: near to it and far from each other (maximal
 * marginal relevance: Carbonell and Goldstein, <i>The use of MMR, diversity-based reranking for
 * reordering documents and producing summaries</i>, SIGIR 1998).
 */
final class StatementPicker {

  private static final int LONGEST_ANSWER = 3;

  /** How many statements are embedded; the others share too few words with the question. */
  private static final int CANDIDATES = 24;

  /** What a statement gains that holds all words of the question. */
  private static final double WORD_WEIGHT = 0.2;

  /** What the best passage's statements gain; those of the n-th gain an n-th of it. */
  private static final double RANK_WEIGHT = 0.05;

  /** Where nearness and words come to less, the best statement is about something else. */
  private static final double LEAST_RELEVANCE = 0.3;

  /** What scores less than this share of the best is left out. */
  private static final double LEAST_SHARE = 0.85;

  /** From this similarity on, two statements say the same. */
  private static final double SAME = 0.9;

  /** The weight of relevance against novelty, lambda in the paper. */
  private static final double LAMBDA = 0.7;

  private final Relevance relevance;

  StatementPicker(Embedder embedder) {
    this.relevance = new Relevance(embedder);
  }

  /**
   * Up to three statements, those of the best one's passage first, each passage's in its own order;
   * none where nothing is relevant. What several passages say word for word is the best ranked
   * one's.
   */
  List<Statement> pick(String question, List<Statement> read) throws InterruptedException {
    Set<String> said = new HashSet<>();
    List<Statement> statements = read.stream().filter(s -> said.add(s.text())).toList();
    if (statements.isEmpty()) {
      return List.of();
    }
    List<Candidate> candidates = candidates(question, statements);
    Relevance.Scale scale =
        relevance.scale(question, candidates.stream().map(Candidate::statement).toList());
    double[] scores = new double[candidates.size()];
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scale.ofQuestionTo(i) + candidates.get(i).gain();
      best = scores[i] > scores[best] ? i : best;
    }
    if (scores[best] - candidates.get(best).rankGain() < LEAST_RELEVANCE) {
      return List.of();
    }
    List<Integer> picked = new ArrayList<>();
    for (int next = best; next >= 0 && picked.size() < LONGEST_ANSWER; ) {
      picked.add(next);
      next = next(picked, scores, LEAST_SHARE * scores[best], scale);
    }
    int first = candidates.get(best).statement().n();
    return picked.stream()
        .map(i -> candidates.get(i).statement())
        .sorted(
            Comparator.comparing((Statement s) -> s.n() != first)
                .thenComparingInt(Statement::n)
                .thenComparingInt(Statement::position))
        .toList();
  }

  private static List<Candidate> candidates(String question, List<Statement> statements) {
    List<Words> words = statements.stream().map(s -> Words.of(s.searchableText())).toList();
    double[] shares = Words.of(question).shares(words);
    return IntStream.range(0, shares.length)
        .mapToObj(i -> new Candidate(statements.get(i), shares[i]))
        .sorted(Comparator.comparingDouble(Candidate::promise).reversed())
        .limit(CANDIDATES)
        .toList();
  }

  /** The statement of highest marginal relevance, or -1 where none is worth adding. */
  private static int next(
      List<Integer> picked, double[] scores, double least, Relevance.Scale scale) {
    int best = -1;
    double bestMarginal = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      if (picked.contains(i) || scores[i] < least) {
        continue;
      }
      double similarity = 0;
      for (int other : picked) {
        similarity = Math.max(similarity, scale.between(i, other));
      }
      double marginal = LAMBDA * scores[i] - (1 - LAMBDA) * similarity;
      if (similarity < SAME && marginal > bestMarginal) {
        best = i;
        bestMarginal = marginal;
      }
    }
    return best;
  }

  /**
   * A statement, and what speaks for it before any is embedded.
   *
   * @param wordShare how much of the question's words it holds, 0 to 1
   */
  private record Candidate(Statement statement, double wordShare) {

    /** Whether it is worth embedding: words first, but the best passages are looked at anyway. */
    double promise() {
      return wordShare + 0.5 / statement.n();
    }

    double gain() {
      return WORD_WEIGHT * wordShare + rankGain();
    }

    double rankGain() {
      return RANK_WEIGHT / statement.n();
    }
  }
}
