package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which sentiment model takes a message, by its key.
 *
 * @param active takes all that no canary takes
 * @param shadow reads some of them beside it
 * @param canary takes its share; the active one then reads beside it
 */
public record SentimentRouting(
    SentimentPlanner active, Optional<Trial> shadow, Optional<Trial> canary) {
  public SentimentRouting {
    requireNonNull(active, "active");
    requireNonNull(shadow, "shadow");
    requireNonNull(canary, "canary");
  }

  /**
   * A candidate.
   *
   * @param planner plans for it
   * @param share the keys that it takes
   */
  public record Trial(SentimentPlanner planner, KeyShare share) {
    public Trial {
      requireNonNull(planner, "planner");
      requireNonNull(share, "share");
    }
  }

  /** One model for all. */
  public static SentimentRouting only(SentimentPlanner active) {
    return new SentimentRouting(active, Optional.empty(), Optional.empty());
  }

  /** The models for a message. */
  public SentimentChoice choose(byte[] key) {
    return canary
        .filter(trial -> trial.share().takes(key))
        .map(trial -> SentimentChoice.canary(trial.planner(), active))
        .orElseGet(
            () ->
                SentimentChoice.serving(
                    active, shadow.filter(trial -> trial.share().takes(key)).map(Trial::planner)));
  }
}
