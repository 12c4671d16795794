package io.headwater.aggregator.path;

import static java.util.Objects.requireNonNull;

import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.schemas.HeadwaterTopics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The way of one message to its insight. It is in the headers of the insight's record, not in its
 * value: that is the same whenever it is made.
 *
 * @param translation the steps of that task, where it has a result
 * @param sentiment the steps of that task, where it has a result
 * @param joinedAt when the parts were joined, in milliseconds since the epoch; -1 when not known
 */
public record InsightPath(
    Optional<TaskSteps> translation, Optional<TaskSteps> sentiment, long joinedAt) {
  /** Nothing is known: an insight that was made without headers. */
  public static final InsightPath UNKNOWN = new InsightPath(Optional.empty(), Optional.empty(), -1);

  private static final String TRANSLATION = HeadwaterHeaders.steps(HeadwaterTopics.TRANSLATION);
  private static final String SENTIMENT = HeadwaterHeaders.steps(HeadwaterTopics.SENTIMENT);

  public InsightPath {
    requireNonNull(translation, "translation");
    requireNonNull(sentiment, "sentiment");
  }

  /** The headers of the insight's record. */
  public Headers headers() {
    Headers headers = new RecordHeaders();
    translation.ifPresent(steps -> headers.add(TRANSLATION, ascii(steps)));
    sentiment.ifPresent(steps -> headers.add(SENTIMENT, ascii(steps)));
    HeadwaterHeaders.put(headers, HeadwaterHeaders.JOINED_AT, joinedAt);
    return headers;
  }

  /** Reads {@link #headers}; what somebody else wrote there is not known. */
  public static InsightPath of(Headers headers) {
    return new InsightPath(
        steps(headers, TRANSLATION),
        steps(headers, SENTIMENT),
        HeadwaterHeaders.number(headers, HeadwaterHeaders.JOINED_AT));
  }

  private static Optional<TaskSteps> steps(Headers headers, String name) {
    Header last = headers.lastHeader(name);
    return last == null || last.value() == null
        ? Optional.empty()
        : TaskSteps.parse(new String(last.value(), StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(TaskSteps steps) {
    return steps.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
