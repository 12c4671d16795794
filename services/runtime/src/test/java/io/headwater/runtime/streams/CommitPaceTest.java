package io.headwater.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final Duration LONGEST = Duration.ofMillis(200);

  @Test
  void aMachineWithTimeToSpareWaitsAQuarterAndABusyOneAllOfIt() {
    assertThat(waitAt(0)).isEqualTo(Duration.ofMillis(50));
    assertThat(waitAt(0.5)).isEqualTo(Duration.ofMillis(50));
    assertThat(waitAt(0.95)).isEqualTo(LONGEST);
    assertThat(waitAt(1)).isEqualTo(LONGEST);
  }

  @Test
  void aLoadThatIsNotKnownIsTakenForNone() {
    assertThat(waitAt(-1)).isEqualTo(Duration.ofMillis(50));
    assertThat(waitAt(Double.NaN)).isEqualTo(Duration.ofMillis(50));
  }

  @Property
  void theBusierTheLonger(
      @ForAll @DoubleRange(min = 0, max = 1) double less,
      @ForAll @DoubleRange(min = 0, max = 1) double more) {
    assertThat(waitAt(Math.min(less, more))).isLessThanOrEqualTo(waitAt(Math.max(less, more)));
    assertThat(waitAt(less)).isBetween(LONGEST.dividedBy(4), LONGEST);
  }

  @Test
  void theMachineIsLookedAtNowAndThenOnly() {
    AtomicLong clock = new AtomicLong();
    AtomicLong looks = new AtomicLong();
    CommitPace pace = new CommitPace(() -> looks.incrementAndGet() == 1 ? 0 : 1, clock::get);

    assertThat(pace.wait(LONGEST)).isEqualTo(Duration.ofMillis(50));
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(499));
    assertThat(pace.wait(LONGEST)).isEqualTo(Duration.ofMillis(50));
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(pace.wait(LONGEST)).isEqualTo(LONGEST);
    assertThat(looks).hasValue(2);
  }

  private static Duration waitAt(double load) {
    return new CommitPace(() -> load, () -> 0).wait(LONGEST);
  }
}
