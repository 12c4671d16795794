package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.TokenSequence;
import java.util.Optional;

/**
 * What became of one record, and what is tried beside it.
 *
 * @param live goes on to the next stage
 * @param beside the same text for the other model of a trial; empty for most records
 */
public record Plans(Tokenization live, Optional<TokenSequence> beside) {
  public Plans {
    requireNonNull(live, "live");
    requireNonNull(beside, "beside");
  }

  /** Nothing is tried beside it. */
  public static Plans only(Tokenization live) {
    return new Plans(live, Optional.empty());
  }
}
