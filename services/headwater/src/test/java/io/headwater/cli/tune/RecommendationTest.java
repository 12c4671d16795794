package io.headwater.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.engine.ExecutionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecommendationTest {
  @Test
  void theFastestIsTakenWhereSmallerBatchesAreMuchSlower() {
    Recommendation found =
        Recommendation.of(List.of(measured(1, 512, 900), measured(1, 1_024, 1_000)));

    assertThat(found.chosen().setup().tokens()).isEqualTo(1_024);
    assertThat(found.reason()).startsWith("the fastest");
  }

  @Test
  void theSmallestBatchNearlyAsFastIsTakenWithTheFewestThreads() {
    Recommendation found =
        Recommendation.of(
            List.of(
                measured(2, 512, 980),
                measured(1, 512, 975),
                measured(1, 256, 960),
                measured(1, 4_096, 1_000)));

    assertThat(found.chosen().setup()).isEqualTo(new Setup(ExecutionProvider.CPU, 1, 512));
    assertThat(found.reason()).contains("smallest batch within 3 %").contains("4096 tokens");
  }

  @Test
  void aRunMeasuresAllOnceAndThoseAheadAgain() {
    AtomicLong clock = new AtomicLong();
    List<Integer> passes = new ArrayList<>();
    TuningRun run = new TuningRun(clock::get);
    run.add(
        new Clocked(clock, Map.of(128, 10L, 256, 5L, 512, 4L), passes), 1, List.of(128, 256, 512));

    List<Measurement> all = run.run(TimeUnit.SECONDS.toNanos(40));

    assertThat(all).hasSize(3).allMatch(Measurement::isMeasured);
    assertThat(all.get(2).tokensPerSecond()).isEqualTo(25);
    assertThat(all.get(2).messagesPerSecond()).isEqualTo(0.5);
    assertThat(all.get(2).padding().orElseThrow()).isEqualTo(0.5);
    assertThat(all.get(2).slowestMillis()).isEqualTo(4_000);
    // A first pass for warmth, then all, then the two that are close, there and back.
    assertThat(passes).startsWith(512, 128, 256, 512, 512, 256, 256, 512);
    assertThat(passes.stream().filter(tokens -> tokens == 128)).hasSize(1);
  }

  private static Measurement measured(int threads, int tokens, long rate) {
    Measurement measurement = new Measurement(new Setup(ExecutionProvider.CPU, threads, tokens));
    measurement.called(rate, rate, TimeUnit.SECONDS.toNanos(1));
    measurement.passed(1, TimeUnit.SECONDS.toNanos(1));
    return measurement;
  }

  /** Takes as many seconds for its 100 tokens as it is told to. */
  private record Clocked(AtomicLong clock, Map<Integer, Long> seconds, List<Integer> passes)
      implements Subject {
    @Override
    public ExecutionProvider provider() {
      return ExecutionProvider.CPU;
    }

    @Override
    public int messages() {
      return 2;
    }

    @Override
    public void pass(int tokens, CallObserver observer) {
      passes.add(tokens);
      long nanos = TimeUnit.SECONDS.toNanos(seconds.getOrDefault(tokens, 0L));
      clock.addAndGet(nanos);
      observer.called(100, 200, nanos);
    }

    @Override
    public void close() {}
  }
}
