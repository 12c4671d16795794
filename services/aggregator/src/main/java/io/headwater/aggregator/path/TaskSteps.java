package io.headwater.aggregator.path;

import io.headwater.schemas.HeadwaterHeaders;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * When and where one task of a message was done. Times are in milliseconds since the epoch; -1
 * stands for what is not known: a result may be older than a header, or come from outside.
 *
 * @param tokenizedAt when its tokens were written
 * @param tokensOffset of their record
 * @param scoredAt when its result was made
 * @param scoresOffset of the result's record
 */
public record TaskSteps(long tokenizedAt, long tokensOffset, long scoredAt, long scoresOffset) {
  private static final int LONGEST = 4 * 20;

  /**
   * What the record of a result tells.
   *
   * @param scoredAt the header with the time at which that task's results are made
   */
  public static TaskSteps of(Headers headers, String scoredAt, long offset) {
    return new TaskSteps(
        HeadwaterHeaders.number(headers, HeadwaterHeaders.TOKENIZED_AT),
        HeadwaterHeaders.number(headers, HeadwaterHeaders.TOKENS_OFFSET),
        HeadwaterHeaders.number(headers, scoredAt),
        offset);
  }

  /** Reads {@link #toString}; empty when it is something else. */
  public static Optional<TaskSteps> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split(",", -1);
    try {
      return parts.length != 4
          ? Optional.empty()
          : Optional.of(
              new TaskSteps(
                  Long.parseLong(parts[0]),
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2]),
                  Long.parseLong(parts[3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The four numbers with commas between them, as headers and stores hold them. */
  @Override
  public String toString() {
    return tokenizedAt + "," + tokensOffset + "," + scoredAt + "," + scoresOffset;
  }
}
