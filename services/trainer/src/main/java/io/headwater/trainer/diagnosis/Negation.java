package io.headwater.trainer.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Whether a model reads "not": pairs of sentences, made by rule, of which one denies the other. The
 * larger of P(negative) and P(positive) counts.
 *
 * @param words which words were denied
 * @param pairs how many pairs
 * @param plain share of the plain sentences that are right
 * @param denied share of the denied sentences that are taken for the opposite
 * @param turned share of the pairs whose two predictions differ
 */
public record Negation(String words, int pairs, double plain, double denied, double turned) {
  private static final List<String> SUBJECTS =
      List.of("The film is", "The food was", "This phone is", "The service was", "Our stay was");
  private static final List<String> GOOD =
      List.of("good", "great", "pleasant", "interesting", "reliable", "worth the money");
  private static final List<String> BAD =
      List.of("bad", "terrible", "boring", "disappointing", "annoying", "a waste of time");

  /** Refuses nothing but null. */
  public Negation {
    Objects.requireNonNull(words, "words");
  }

  /**
   * Tries good words, then bad ones.
   *
   * @param scorer from texts to {@code [texts][labels]}
   */
  public static List<Negation> of(Function<List<String>, float[][]> scorer) {
    return List.of(of("good words", GOOD, true, scorer), of("bad words", BAD, false, scorer));
  }

  private static Negation of(
      String name, List<String> words, boolean good, Function<List<String>, float[][]> scorer) {
    List<String> texts = new ArrayList<>();
    for (String subject : SUBJECTS) {
      for (String word : words) {
        texts.add(subject + " " + word + ".");
        texts.add(subject + " not " + word + ".");
      }
    }
    float[][] scores = scorer.apply(texts);
    int plain = 0;
    int denied = 0;
    int turned = 0;
    for (int i = 0; i < scores.length; i += 2) {
      boolean first = positive(scores[i]);
      boolean second = positive(scores[i + 1]);
      plain += first == good ? 1 : 0;
      denied += second != good ? 1 : 0;
      turned += first != second ? 1 : 0;
    }
    double pairs = texts.size() / 2.0;
    return new Negation(name, texts.size() / 2, plain / pairs, denied / pairs, turned / pairs);
  }

  private static boolean positive(float[] row) {
    return row[2] > row[0];
  }
}
