package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptCommitTest {
  @TempDir private java.nio.file.Path folder;
  private long nanos = 1_000_000_000;

  @Test
  void theFirstRecordIsCommittedAtOnceAndTheNextWhenItsTimeIsOver() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> context = context("400");
          PromptCommit commit = commit(context, 0);

          commit.afterRecord();
          assertThat(context.committed()).isTrue();

          context.resetCommit();
          pass(99);
          commit.afterRecord();
          assertThat(context.committed()).isFalse();

          pass(1);
          commit.afterRecord();
          assertThat(context.committed()).isTrue();
        });
  }

  @Test
  void onABusyMachineTheNextWaitsForTheInterval() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> context = context("400");
          PromptCommit commit = commit(context, 1);
          commit.afterRecord();
          context.resetCommit();

          pass(399);
          commit.afterRecord();
          assertThat(context.committed()).isFalse();

          pass(1);
          commit.afterRecord();
          assertThat(context.committed()).isTrue();
        });
  }

  @Test
  void theLastRecordOfManyIsCommittedByATimerThatThenEnds() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> context = context("400");
          PromptCommit commit = commit(context, 0);
          commit.afterRecord();
          context.resetCommit();

          pass(40);
          commit.afterRecord();
          commit.afterRecord();
          assertThat(context.scheduledPunctuators()).hasSize(1);
          CapturedPunctuator timer = context.scheduledPunctuators().get(0);
          assertThat(timer.getInterval()).isEqualTo(Duration.ofMillis(60));
          assertThat(timer.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
          assertThat(context.committed()).isFalse();

          pass(60);
          timer.getPunctuator().punctuate(0);
          assertThat(context.committed()).isTrue();
          assertThat(timer.cancelled()).isTrue();
        });
  }

  @Test
  void aTimerEndsWhenAnotherTaskOfTheThreadCommits() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> first = context("400");
          MockProcessorContext<Void, Void> second = context("400");
          commit(first, 0).afterRecord();
          commit(first, 0).afterRecord();
          CapturedPunctuator timer = first.scheduledPunctuators().get(0);

          pass(100);
          commit(second, 0).afterRecord();

          assertThat(second.committed()).isTrue();
          assertThat(timer.cancelled()).isTrue();
        });
  }

  @Test
  void tasksOfAThreadShareOneCommit() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> first = context("60000");
          MockProcessorContext<Void, Void> second = context("60000");

          new PromptCommit(first).afterRecord();
          new PromptCommit(second).afterRecord();

          assertThat(first.committed()).isTrue();
          assertThat(second.committed()).isFalse();
        });
  }

  @Test
  void kafkaStreamsOwnIntervalIsLongerAndNeverShorterThanWhatIsAskedFor() {
    assertThat(configured("400")).containsEntry("commit.interval.ms", 1_000L);
    assertThat(configured("100")).containsEntry("commit.interval.ms", 500L);
    assertThat(configured("5000")).containsEntry("commit.interval.ms", 5_000L);
    Map<String, Object> without = new HashMap<>();
    PromptCommit.configure(without);
    assertThat(without).isEmpty();
  }

  private static Map<String, Object> configured(String commitInterval) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval);
    PromptCommit.configure(properties);
    return properties;
  }

  private PromptCommit commit(MockProcessorContext<Void, Void> context, double load) {
    return new PromptCommit(context, new CommitPace(() -> load, () -> nanos), () -> nanos);
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private MockProcessorContext<Void, Void> context(String commitInterval) {
    Properties properties = new Properties();
    properties.putAll(configured(commitInterval));
    return new MockProcessorContext<>(properties, new TaskId(0, 0), folder.toFile());
  }

  private static void onAThreadOfItsOwn(Runnable test) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                test.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
    done.get();
  }
}
