package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.SentimentScore;
import io.headwater.scorer.sentiment.FakeModel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Units that take so long that the group must hear of the instance before they are done. */
class LongUnitTest {
  private static final int ALL = 1_000_000;

  @Test
  void aLongUnitKeepsItsMembershipBetweenBatches() {
    FakeRiver<SentimentScore> river = FakeRiver.of(new FakeModel(), ALL).assign(0);
    river.appendSequences(0, 200);
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);

    river.run();

    // One unit of several batches, and a poll before each of them.
    assertThat(river.committed.transactions()).containsExactly(200);
    assertThat(river.consumer.pollsWhilePaused()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aUnitWhosePartitionIsTakenBetweenTwoBatchesIsGivenUpWhole() {
    FakeRiver<SentimentScore> river = FakeRiver.of(new FakeModel(), ALL).assign(0, 1);
    river.appendSequences(0, 100);
    river.appendSequences(1, 100);
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);
    // The next poll is the one before the first batch of the unit that has all records.
    river.assign(0);

    river.run();

    assertThat(river.history(1)).isEmpty();
    assertThat(river.committedOffset(1)).isZero();
    assertThat(river.history(0)).hasSize(100).doesNotHaveDuplicates();
    assertThat(river.committed.transactions()).containsExactly(100);
  }

  @Test
  void aUnitWhosePartitionsStayIsKeptThroughARebalance() {
    FakeRiver<SentimentScore> river = FakeRiver.of(new FakeModel(), ALL).assign(0);
    river.appendSequences(0, 100);
    river.appendSequences(1, 5);
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);
    river.assign(0, 1);

    river.run();

    assertThat(river.history(0)).hasSize(100).doesNotHaveDuplicates();
    assertThat(river.history(1)).hasSize(5).doesNotHaveDuplicates();
    assertThat(river.committed.transactions()).startsWith(100);
  }

  @Test
  void aShutDownDoesNotWaitForTheEndOfALongUnit() {
    ShutDownWhileScoring model = new ShutDownWhileScoring();
    FakeRiver<SentimentScore> river = FakeRiver.of(model, ALL).assign(0);
    model.action = river.loop::shutDown;
    river.appendSequences(0, 200);
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);

    river.run();

    assertThat(river.committed.transactions()).isEmpty();
    assertThat(river.closedClients()).containsExactly("consumer", "producers");
  }
}
