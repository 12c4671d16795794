package io.headwater.models.translation;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a package wants to be decoded: what its {@code generation_config.json} says.
 *
 * @param start the token that decoding begins with
 * @param ends the tokens that end a translation
 * @param forcedFirst the token that must come first, for a model of one target language
 * @param forcedLast the token that must be the last of the longest translation
 * @param beams beams of the search; 1 for greedy search
 * @param maxLength longest translation in tokens, start and end included
 * @param minLength below this length, start included, no end is allowed
 * @param noRepeat no run of so many tokens may come twice; 0 for any
 * @param lengthPenalty exponent of the length that a hypothesis' score is divided by
 * @param earlyStopping when a beam search ends
 * @param forbidden runs of tokens that may not be written
 */
record GenerationSettings(
    int start,
    Set<Integer> ends,
    OptionalInt forcedFirst,
    OptionalInt forcedLast,
    int beams,
    int maxLength,
    int minLength,
    int noRepeat,
    double lengthPenalty,
    EarlyStopping earlyStopping,
    List<List<Integer>> forbidden) {

  GenerationSettings {
    ends = Set.copyOf(ends);
    forbidden = forbidden.stream().map(List::copyOf).toList();
    require(!ends.isEmpty(), "eos_token_id is missing");
    require(beams >= 1, "num_beams is " + beams + "; 1 or more");
    require(maxLength >= 4, "the greatest length is " + maxLength + "; 4 or more");
    require(noRepeat >= 0, "no_repeat_ngram_size is " + noRepeat + "; 0 or more");
  }

  /** Refuses token ids that the model's scores do not have. */
  void requireWithin(int vocabulary) {
    requireId("decoder_start_token_id", start, vocabulary);
    ends.forEach(id -> requireId("eos_token_id", id, vocabulary));
    forcedFirst.ifPresent(id -> requireId("forced_bos_token_id", id, vocabulary));
    forcedLast.ifPresent(id -> requireId("forced_eos_token_id", id, vocabulary));
    forbidden.forEach(
        run -> run.forEach(id -> requireId("bad_words_ids or suppress_tokens", id, vocabulary)));
  }

  private static void requireId(String name, int id, int vocabulary) {
    require(
        id >= 0 && id < vocabulary,
        name + " has id " + id + ", but the model scores " + vocabulary + " tokens");
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
