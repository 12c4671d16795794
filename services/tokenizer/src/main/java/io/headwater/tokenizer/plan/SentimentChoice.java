package io.headwater.tokenizer.plan;

import io.headwater.avro.TokenSequence;
import io.headwater.models.text.TokenizerClosedException;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sentiment models for one message.
 *
 * @param serves the one whose score goes into the insight
 * @param beside one that scores it too, for comparison
 * @param isCanary whether the one that serves is a candidate: what fails with it is planned with
 *     the other
 */
public record SentimentChoice(
    SentimentPlanner serves, Optional<SentimentPlanner> beside, boolean isCanary) {
  private static final Logger LOG = LoggerFactory.getLogger(SentimentChoice.class);

  static SentimentChoice serving(SentimentPlanner active, Optional<SentimentPlanner> shadow) {
    return new SentimentChoice(active, shadow, false);
  }

  static SentimentChoice canary(SentimentPlanner candidate, SentimentPlanner active) {
    return new SentimentChoice(candidate, Optional.of(active), true);
  }

  /** Plans with both. */
  Plans plan(Function<SentimentPlanner, Tokenization> how) {
    if (!isCanary) {
      return new Plans(how.apply(serves), beside.flatMap(other -> tried(other, how)));
    }
    Optional<SentimentPlanner> active = beside;
    try {
      return new Plans(how.apply(serves), active.flatMap(other -> tried(other, how)));
    } catch (TokenizerClosedException e) {
      throw e;
    } catch (RuntimeException e) {
      // A candidate's tokenizer must not cost a message.
      LOG.warn("event=canary_tokenizer_failure failure={}", e.getClass().getName());
      return Plans.only(how.apply(active.orElseThrow()));
    }
  }

  /** What cannot be compared is not tried, and what fails beside harms nobody. */
  private static Optional<TokenSequence> tried(
      SentimentPlanner other, Function<SentimentPlanner, Tokenization> how) {
    try {
      return how.apply(other) instanceof Planned planned
              && planned.sequence().getSkipReason() == null
          ? Optional.of(planned.sequence())
          : Optional.empty();
    } catch (TokenizerClosedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("event=beside_tokenizer_failure failure={}", e.getClass().getName());
      return Optional.empty();
    }
  }
}
