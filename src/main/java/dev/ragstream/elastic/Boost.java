package dev.ragstream.elastic;

/**
 * A second look at the best hits by words: each gains points for every word of the question that
 * one of its fields holds.
 *
 * @param field such as the question of a question-and-answer index
 * @param perTerm how many points a word is worth
 * @param minScore hits with less after that are left out
 * @param candidates how many of the best hits are looked at, 1 to 10,000
 */
public record Boost(String field, double perTerm, double minScore, int candidates) {}
