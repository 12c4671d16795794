package io.headwater.scorer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final SideBySide sideBySide = new SideBySide("test-call");

  @Property(tries = 200)
  void everyJobIsDoneOnceAndItsResultSeenOnTheCallersThread(
      @ForAll @IntRange(min = 0, max = 40) int jobs,
      @ForAll @IntRange(min = 1, max = 5) int width) {
    Map<Integer, Integer> results = new HashMap<>();
    Thread caller = Thread.currentThread();

    sideBySide.run(
        width,
        numbers(jobs),
        job -> job * job,
        (job, result) -> {
          assertThat(Thread.currentThread()).isSameAs(caller);
          assertThat(results.put(job, result)).isNull();
        },
        SideBySideTest::quiet);

    assertThat(results).hasSize(jobs);
    results.forEach((job, result) -> assertThat(result).isEqualTo(job * job));
  }

  @Test
  void jobsRunAtTheSameTimeAndNoMoreThanTheWidth() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger running = new AtomicInteger();
    List<Integer> seen = new ArrayList<>();

    sideBySide.run(
        2,
        numbers(6),
        job -> {
          int now = running.incrementAndGet();
          meet(both);
          running.decrementAndGet();
          return now;
        },
        (job, now) -> seen.add(now),
        SideBySideTest::quiet);

    assertThat(seen).hasSize(6).allMatch(now -> now <= 2);
  }

  @Test
  void oneAtATimeTheCallersThreadDoesTheWork() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    sideBySide.run(
        1,
        numbers(3),
        job -> threads.add(Thread.currentThread()),
        (job, result) -> {},
        SideBySideTest::quiet);

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aPulseThatThrowsEndsTheWorkAndNothingRunsAfterwards() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger pulses = new AtomicInteger();
    Runnable pulse =
        () -> {
          if (pulses.incrementAndGet() == 3) {
            throw new IllegalStateException("the unit is lost");
          }
        };

    assertThatThrownBy(
            () ->
                sideBySide.run(
                    2,
                    numbers(10_000),
                    job -> {
                      running.incrementAndGet();
                      begun.incrementAndGet();
                      LockSupport.parkNanos(50_000);
                      running.decrementAndGet();
                      return job;
                    },
                    (job, result) -> {},
                    pulse))
        .hasMessage("the unit is lost");

    assertThat(running).hasValue(0);
    assertThat(begun.get()).isLessThan(10_000);
  }

  @Test
  void whatAJobThrowsReachesTheCaller() {
    assertThatThrownBy(
            () ->
                sideBySide.run(
                    2,
                    numbers(4),
                    job -> {
                      throw new IllegalArgumentException("job " + job);
                    },
                    (job, result) -> {},
                    SideBySideTest::quiet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("job ");
  }

  @Test
  void anErrorOfAJobReachesTheCallerToo() {
    assertThatThrownBy(
            () ->
                sideBySide.run(
                    2,
                    numbers(4),
                    job -> {
                      throw new StackOverflowError("job " + job);
                    },
                    (job, result) -> {},
                    SideBySideTest::quiet))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void anInterruptIsKeptForWhoWaitsNext() {
    List<Integer> done = new ArrayList<>();
    Thread.currentThread().interrupt();

    sideBySide.run(
        2, numbers(4), job -> job, (job, result) -> done.add(result), SideBySideTest::quiet);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).hasSize(4);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("no two jobs ran at the same time", e);
    }
  }

  private static void quiet() {}

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
