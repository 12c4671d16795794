package io.headwater.aggregator.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.aggregator.path.InsightPath;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.schemas.HeadwaterHeaders;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a message, in the headers of its insight. */
class InsightPathTest {
  private static final byte[] KEY = "author-1".getBytes(UTF_8);
  private static final List<String> BOTH = List.of("translation", "sentiment");
  private static final long NOW = 0;

  private final River river = River.flowing();

  @AfterEach
  void dry() {
    river.close();
  }

  private static Headers result(long tokenizedAt, long tokensOffset, String name, long scoredAt) {
    Headers headers = new RecordHeaders().add("trace", new byte[] {1});
    HeadwaterHeaders.put(headers, HeadwaterHeaders.TOKENIZED_AT, tokenizedAt);
    HeadwaterHeaders.put(headers, HeadwaterHeaders.TOKENS_OFFSET, tokensOffset);
    HeadwaterHeaders.put(headers, name, scoredAt);
    return headers;
  }

  private void message() {
    river.send(river.topics.messages(), KEY, Records.message("a", "schön"), 1_000);
  }

  private void translation() {
    river.send(
        river.topics.translations(),
        KEY,
        Records.translation(0, BOTH),
        result(1_100, 40, HeadwaterHeaders.TRANSLATED_AT, 1_200),
        1_000);
  }

  private void sentiment() {
    Headers headers = result(1_300, 50, HeadwaterHeaders.SCORED_AT, 1_400);
    // Of the stages before: the sentiment's tokens carry it on.
    HeadwaterHeaders.put(headers, HeadwaterHeaders.TRANSLATED_AT, 1_200);
    river.send(
        river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1, BOTH), headers, 1_000);
  }

  @Test
  void anInsightTellsTheWayOfItsMessageInWhateverOrderItsPartsCome() {
    InsightPath whole =
        new InsightPath(
            Optional.of(new TaskSteps(1_100, 40, 1_200, 0)),
            Optional.of(new TaskSteps(1_300, 50, 1_400, 0)),
            NOW);

    message();
    translation();
    sentiment();

    TestRecord<byte[], byte[]> insight = river.out(river.topics.insights()).get(0);
    assertThat(InsightPath.of(insight.headers())).isEqualTo(whole);
    assertThat(insight.headers())
        .extracting(Header::key)
        .containsExactlyInAnyOrder(
            "headwater.steps.translation", "headwater.steps.sentiment", "headwater.joined.at");
  }

  @Test
  void whatWaitsKeepsItsSteps() {
    sentiment();
    translation();
    message();

    InsightPath path = InsightPath.of(river.out(river.topics.insights()).get(0).headers());
    assertThat(path.translation()).contains(new TaskSteps(1_100, 40, 1_200, 0));
    assertThat(path.sentiment()).contains(new TaskSteps(1_300, 50, 1_400, 0));
  }

  @Test
  void aResultWithoutHeadersIsKnownByItsOffsetAlone() {
    message();
    river.send(river.topics.sentimentScores(), KEY, Records.score(0, 0.8, 0.1), 1_000);

    InsightPath path = InsightPath.of(river.out(river.topics.insights()).get(0).headers());
    assertThat(path.sentiment()).contains(new TaskSteps(-1, -1, -1, 0));
    assertThat(path.translation()).isEmpty();
  }

  @Test
  void headersOfSomebodyElseAreNotKnown() {
    Headers headers =
        new RecordHeaders()
            .add("headwater.steps.sentiment", "1,2,3".getBytes(UTF_8))
            .add("headwater.steps.translation", new byte[100_000])
            .add("headwater.joined.at", "noon".getBytes(UTF_8));

    assertThat(InsightPath.of(headers)).isEqualTo(InsightPath.UNKNOWN);
    assertThat(InsightPath.of(new RecordHeaders())).isEqualTo(InsightPath.UNKNOWN);
  }
}
