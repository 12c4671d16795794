package io.headwater.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.schemas.SchemaNotRegisteredException;
import io.headwater.scorer.CommittedLog.Fault;
import io.headwater.scorer.sentiment.ExplanationBudget;
import io.headwater.scorer.sentiment.FakeExplainer;
import io.headwater.scorer.sentiment.FakeModel;
import io.headwater.scorer.sentiment.SentimentExplanations;
import io.headwater.scorer.sentiment.Sequences;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScorerLoopTest {
  private static final int ALL = 1_000_000;

  /** So few tokens that every record is a unit. */
  private static final int ONE_BY_ONE = 1;

  @Test
  void scoresAndOffsetsCommitInOneTransaction() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    river.appendSequences(0, 5);

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2", "0-3", "0-4");
    assertThat(river.committed.transactions()).containsExactly(5);
    assertThat(river.committedOffset(0)).isEqualTo(5);
    assertThat(river.committed.producersMade()).isEqualTo(1);
    assertThat(river.closedClients()).containsExactly("consumer", "producers");
    assertThat(river.meters.get("headwater.records.in").counter().count()).isEqualTo(5);
  }

  @Test
  void everyRecordIsAnsweredInItsPlaceWithItsKeyAndTime() {
    FakeRiver<SentimentScore> river = river(ALL).assign(3);
    byte[] junk = "not Avro".getBytes(UTF_8);
    river
        .append(3, Sequences.of("first", Sequences.ids(4)))
        .append(3, junk)
        .append(3, Sequences.of("culprit", Sequences.ids(FakeModel.CULPRIT)))
        .append(3, (byte[]) null)
        .append(3, Sequences.of("empty"))
        .append(3, Sequences.of("last", Sequences.ids(9)));

    river.run();

    assertThat(river.history(3))
        .containsExactly(
            "first", "NOT_AVRO@1", "MODEL_FAILURE@2", "NULL_VALUE@3", "INVALID_TOKENS@4", "last");
    List<ProducerRecord<byte[], byte[]>> records = river.committed.records();
    for (int offset = 0; offset < records.size(); offset++) {
      byte[] key = offset % 3 == 2 ? null : new byte[] {(byte) offset, 1};
      assertThat(records.get(offset).key()).isEqualTo(key);
      assertThat(records.get(offset).partition()).isEqualTo(3);
      assertThat(records.get(offset).timestamp()).isEqualTo(1_000 + offset);
    }
    assertThat(records.get(0).headers().lastHeader("trace").value()).containsExactly(0);
    assertThat(records.get(0).headers().lastHeader("headwater.scored.at").value())
        .isEqualTo(Long.toString(FakeRiver.NOW).getBytes(UTF_8));
    assertThat(records.get(5).headers().lastHeader("headwater.tokens.offset").value())
        .isEqualTo("5".getBytes(UTF_8));
    DeadLetter letter = river.letter(records.get(1));
    assertThat(letter.getStage()).isEqualTo("scorer");
    assertThat(letter.getTopic()).isEqualTo("tokens.sentiment");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1_001));
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 1}));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(junk));
    assertThat(letter.getHeaders())
        .containsExactly(new RecordHeader("trace", ByteBuffer.wrap(new byte[] {1})));
    assertThat(records.get(1).headers()).isEmpty();
  }

  @Test
  void anExplanationCommitsWithItsScoreAndItsFailureHarmsNothing() {
    FakeRiver<SentimentScore> river =
        FakeRiver.explaining(
                ids ->
                    ids.stream().map(row -> new float[] {0.1f, 0.2f, 0.7f}).toArray(float[][]::new),
                new SentimentExplanations(
                    ref -> FakeExplainer.loaded(), new ExplanationBudget(1_000, 1_000)),
                ALL)
            .assign(1);
    TokenSequence asks = Sequences.of("asks", Sequences.ids(5));
    asks.setExplain(true);
    TokenSequence fails = Sequences.of("fails", Sequences.ids(FakeModel.CULPRIT));
    fails.setExplain(true);
    river.append(1, asks).append(1, Sequences.of("quiet", Sequences.ids(6))).append(1, fails);

    river.run();

    assertThat(river.history(1)).containsExactly("asks", "why asks", "quiet", "fails", "why fails");
    assertThat(river.committed.transactions()).containsExactly(5);
    ProducerRecord<byte[], byte[]> explanation = river.committed.records().get(1);
    assertThat(explanation.key()).isEqualTo(river.committed.records().get(0).key());
    assertThat(explanation.partition()).isEqualTo(1);
    assertThat(river.explanation(explanation).getSegments()).hasSize(1);
    assertThat(river.explanation(river.committed.records().get(4)).getMissingReason())
        .contains("cannot stand this");
  }

  @Test
  void aRecordWithoutTimestampIsScoredLikeOthers() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    river
        .append(new ConsumerRecord<>("tokens.sentiment", 0, 0, new byte[0], new byte[] {9}))
        .append(new ConsumerRecord<>("tokens.sentiment", 0, 1, new byte[0], new byte[] {9}));

    river.run();

    assertThat(river.history(0)).containsExactly("NOT_AVRO@0", "NOT_AVRO@1");
    assertThat(river.committed.records().get(0).timestamp()).isNull();
  }

  @Test
  void aMessageWhoseClockIsAnAgeOffIsScoredLikeOthers() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    TokenSequence sequence = Sequences.of("old", Sequences.ids(4));
    sequence.setSentAt(Instant.ofEpochMilli(Long.MIN_VALUE));

    river.append(0, sequence).run();

    assertThat(river.history(0)).containsExactly("old");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverBefallsATransactionEveryRecordIsCommittedOnce(Fault fault) {
    FakeRiver<SentimentScore> river = river(ONE_BY_ONE).assign(0);
    river.appendSequences(0, 4);
    river.committed.meet(List.of(Fault.NONE, fault));

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2", "0-3");
    assertThat(river.committedOffset(0)).isEqualTo(4);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void anyRowOfFaultsLeavesEveryRecordCommittedOnceAndInOrder(
      @ForAll @Size(max = 4) List<Fault> faults,
      @ForAll @IntRange(min = 1, max = 40) int unitTokens) {
    FakeRiver<SentimentScore> river = river(unitTokens).assign(0, 1, 2);
    IntStream.range(0, 3).forEach(partition -> river.appendSequences(partition, 3 + partition));
    river.committed.meet(faults);

    river.run();

    for (int partition = 0; partition < 3; partition++) {
      int at = partition;
      assertThat(river.history(partition))
          .containsExactlyElementsOf(
              IntStream.range(0, 3 + at).mapToObj(i -> at + "-" + i).toList());
      assertThat(river.committedOffset(partition)).isEqualTo(3 + partition);
    }
  }

  @Test
  void aFencedProducerIsReplacedByANewOne() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    river.appendSequences(0, 2);
    river.committed.meet(List.of(Fault.FENCED));

    river.run();

    assertThat(river.committed.producersMade()).isEqualTo(2);
    assertThat(river.committed.closed(0)).isTrue();
    assertThat(river.history(0)).containsExactly("0-0", "0-1");
  }

  @Test
  void aProducerThatCannotBeginIsReplacedByANewOne() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    river.appendSequences(0, 2);
    river.committed.failStarts(1);

    river.run();

    assertThat(river.committed.producersMade()).isEqualTo(2);
    assertThat(river.history(0)).containsExactly("0-0", "0-1");
  }

  @Test
  void aFailedTransactionIsTakenBackEvenWhenTheOffsetsCannotBeAskedAtOnce() {
    FakeRiver<SentimentScore> river = river(ONE_BY_ONE).assign(0);
    river.appendSequences(0, 3);
    river.committed.meet(List.of(Fault.NONE, Fault.A_SEND_HAS_FAILED));
    river.consumer.failOffsetQuestions(1);

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aPollThatFailsBetweenUnitsDoesNotStopTheRiver() {
    FakeRiver<SentimentScore> river = river(ONE_BY_ONE).assign(0);
    river.appendSequences(0, 3);
    river.consumer.atPoll(
        () -> river.consumer.setPollException(new KafkaException("not authorised just now")));

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2");
    assertThat(retries(river, "kafka")).isEqualTo(1);
    assertThat(retries(river, "registry")).isZero();
  }

  @Test
  void aRegistryThatIsAwayIsWaitedForAndNothingIsDeadLettered() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    river.appendSequences(0, 3);
    river.registryClient.failNext(2);

    river.run();

    assertThat(river.registryClient.failuresToCome()).isZero();
    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2");
    assertThat(retries(river, "registry")).isEqualTo(2);
    assertThat(retries(river, "kafka")).isZero();
  }

  private static double retries(FakeRiver<?> river, String environment) {
    return river
        .meters
        .get("headwater.unit.retries")
        .tag("environment", environment)
        .counter()
        .count();
  }

  @Test
  void recordsOfPartitionsRevokedBetweenUnitsAreForgotten() {
    FakeRiver<SentimentScore> river = river(ONE_BY_ONE).assign(0, 1);
    river.appendSequences(0, 3);
    river.appendSequences(1, 3);
    river.assign(0);

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2");
    assertThat(river.history(1)).hasSizeLessThanOrEqualTo(1);
    assertThat(river.committedOffset(1)).isEqualTo(river.history(1).size());
  }

  @Test
  void partitionsThatComeBetweenUnitsAreReadFromWhereTheyWereLeft() {
    FakeRiver<SentimentScore> river = river(ONE_BY_ONE).assign(0);
    river.appendSequences(0, 3);
    river.appendSequences(1, 2);
    river.assign(0, 1);

    river.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2");
    assertThat(river.history(1)).containsExactly("1-0", "1-1");
  }

  @Test
  void shutDownEndsAfterTheUnitInHand() {
    ShutDownWhileScoring model = new ShutDownWhileScoring();
    FakeRiver<SentimentScore> river = FakeRiver.of(model, ONE_BY_ONE).assign(0);
    model.action = river.loop::shutDown;
    river.appendSequences(0, 3);

    river.run();

    assertThat(river.history(0)).containsExactly("0-0");
    assertThat(river.committedOffset(0)).isEqualTo(1);
    assertThat(river.closedClients()).containsExactly("consumer", "producers");
  }

  @Test
  void aLoopToldToEndBeforeItBeganEnds() {
    FakeRiver<SentimentScore> river = river(ALL);
    river.loop.shutDown();

    river.run();

    assertThat(river.consumer.closed()).isTrue();
  }

  @Test
  void isAssignedFromItsFirstAssignmentToItsEnd() {
    FakeRiver<SentimentScore> river = river(ALL).assign(0);
    boolean[] seen = {false};
    assertThat(river.loop.isAssigned()).isFalse();
    river.consumer.atPoll(() -> seen[0] = river.loop.isAssigned());

    river.run();

    assertThat(seen[0]).isTrue();
    assertThat(river.loop.isAssigned()).isFalse();
  }

  @Test
  void aMissingSchemaEndsTheLoopAndCommitsNothing() {
    FakeRiver<SentimentScore> river =
        FakeRiver.of(new FakeModel(), ALL, false, BreakerOptions.OFF).assign(0);
    river.appendSequences(0, 1);

    assertThatThrownBy(river::run)
        .isInstanceOf(SchemaNotRegisteredException.class)
        .hasMessageContaining("headwater schemas register");
    assertThat(river.committed.records()).isEmpty();
    assertThat(river.consumer.closed()).isTrue();
  }

  private static FakeRiver<SentimentScore> river(int unitTokens) {
    return FakeRiver.of(new FakeModel(), unitTokens);
  }
}
