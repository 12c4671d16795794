package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptCommitTest {
  @TempDir private java.nio.file.Path folder;

  @Test
  void theFirstRecordIsCommittedAtOnceAndTheNextWaitsForTheInterval() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> context = context("60000");
          PromptCommit commit = new PromptCommit(context);

          commit.afterRecord();
          assertThat(context.committed()).isTrue();

          context.resetCommit();
          commit.afterRecord();
          assertThat(context.committed()).isFalse();
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
  void afterAQuietTimeARecordIsCommittedAtOnceAgain() throws Exception {
    onAThreadOfItsOwn(
        () -> {
          MockProcessorContext<Void, Void> context = context("20");
          PromptCommit commit = new PromptCommit(context);
          commit.afterRecord();
          context.resetCommit();
          await()
              .pollInSameThread()
              .pollInterval(Duration.ofMillis(5))
              .untilAsserted(
                  () -> {
                    commit.afterRecord();
                    assertThat(context.committed()).isTrue();
                  });
        });
  }

  private MockProcessorContext<Void, Void> context(String commitInterval) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval);
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
