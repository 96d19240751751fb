package dev.ragstream.model;

import dev.ragstream.core.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  /** What the best passage's statements gain; those of the n-th gain an n-th of it. */
  private static final double RANK_WEIGHT = 0.1;

  /** Below this {@link Relevance}, the best statement is about something else. */
  private static final double LEAST_RELEVANCE = 0.15;

  /** What scores less than this share of the best is left out. */
  private static final double LEAST_SHARE = 0.75;

  /** From this similarity on, two statements say the same. */
  private static final double SAME = 0.9;

  /** The weight of relevance against novelty, lambda in the paper. */
  private static final double LAMBDA = 0.7;

  private final Relevance relevance;

  StatementPicker(Embedder embedder) {
    this.relevance = new Relevance(embedder);
  }

  /** Up to three statements, in the order of their passages; none where nothing is relevant. */
  List<Statement> pick(String question, List<Statement> statements) throws InterruptedException {
    if (statements.isEmpty()) {
      return List.of();
    }
    List<Statement> candidates = candidates(question, statements);
    Relevance.Scale scale = relevance.scale(question, candidates);
    double[] scores = new double[candidates.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scale.ofQuestionTo(i) + RANK_WEIGHT / candidates.get(i).n();
    }
    int best =
        IntStream.range(0, scores.length)
            .boxed()
            .max(Comparator.comparingDouble(i -> scores[i]))
            .orElseThrow();
    if (scale.ofQuestionTo(best) < LEAST_RELEVANCE) {
      return List.of();
    }
    List<Integer> picked = new ArrayList<>();
    for (int next = best; next >= 0 && picked.size() < LONGEST_ANSWER; ) {
      picked.add(next);
      next = next(picked, scores, LEAST_SHARE * scores[best], scale);
    }
    return picked.stream()
        .map(candidates::get)
        .sorted(Comparator.comparingInt(Statement::n).thenComparingInt(Statement::position))
        .toList();
  }

  private static List<Statement> candidates(String question, List<Statement> statements) {
    if (statements.size() <= CANDIDATES) {
      return statements;
    }
    List<Words> words = statements.stream().map(s -> Words.of(s.searchableText())).toList();
    double[] shares = Words.of(question).shares(words);
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -shares[i] - 0.5 / statements.get(i).n()))
        .limit(CANDIDATES)
        .map(statements::get)
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
}
