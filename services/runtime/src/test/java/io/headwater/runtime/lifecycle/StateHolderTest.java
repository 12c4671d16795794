package io.headwater.runtime.lifecycle;

import static io.headwater.runtime.lifecycle.ServiceState.CREATED;
import static io.headwater.runtime.lifecycle.ServiceState.FAILED;
import static io.headwater.runtime.lifecycle.ServiceState.RUNNING;
import static io.headwater.runtime.lifecycle.ServiceState.STARTING;
import static io.headwater.runtime.lifecycle.ServiceState.STOPPED;
import static io.headwater.runtime.lifecycle.ServiceState.STOPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class StateHolderTest {
  /** What a service and its threads may do, in any order. */
  enum Step {
    BEGIN_START,
    RUNNING,
    FAILED,
    BEGIN_STOP,
    STOPPED
  }

  /** The picture above {@link ServiceState}, as a table; a failure before the start included. */
  private static final Map<ServiceState, Set<ServiceState>> PICTURE =
      Map.of(
          CREATED, EnumSet.of(STARTING, FAILED, STOPPING),
          STARTING, EnumSet.of(RUNNING, FAILED, STOPPING),
          RUNNING, EnumSet.of(FAILED, STOPPING),
          FAILED, EnumSet.of(STOPPING),
          STOPPING, EnumSet.of(STOPPED),
          STOPPED, EnumSet.noneOf(ServiceState.class));

  private static final Set<ServiceState> CLOSED = EnumSet.of(STOPPING, STOPPED);

  private final StateHolder state = new StateHolder();

  @Property(tries = 2_000)
  void noOrderOfStepsLeavesThePicture(@ForAll @Size(max = 12) List<Step> steps) {
    StateHolder any = new StateHolder();

    for (Step step : steps) {
      ServiceState before = any.state();
      if (step == Step.STOPPED && before != STOPPING) {
        continue; // only the one whose beginStop() was granted calls it
      }
      take(any, step);
      ServiceState after = any.state();

      assertThat(after == before || PICTURE.getOrDefault(before, Set.of()).contains(after))
          .as("%s on %s gave %s", step, before, after)
          .isTrue();
      assertThat(any.failure().isPresent()).isEqualTo(after == FAILED);
    }
  }

  @Example
  void goesFromCreatedToStopped() {
    assertThat(state.state()).isEqualTo(CREATED);
    assertThat(state.beginStart()).isTrue();
    assertThat(state.state()).isEqualTo(STARTING);
    state.running();
    assertThat(state.state()).isEqualTo(RUNNING);
    assertThat(state.beginStop()).isTrue();
    assertThat(state.state()).isEqualTo(STOPPING);
    state.stopped();
    assertThat(state.state()).isEqualTo(STOPPED);
  }

  @Example
  void aSecondStartIsNotGranted() {
    state.beginStart();

    assertThat(state.beginStart()).isFalse();
    assertThat(state.state()).isEqualTo(STARTING);
  }

  @Example
  void aFailedServiceIsNotStartedAgain() {
    state.beginStart();
    state.failed(new IllegalStateException("first"));

    assertThat(state.beginStart()).isFalse();
    assertThat(state.state()).isEqualTo(FAILED);
  }

  @Example
  void aClosedServiceCannotBeStarted() {
    state.beginStop();

    assertThatIllegalStateException().isThrownBy(state::beginStart);
    state.stopped();
    assertThatIllegalStateException().isThrownBy(state::beginStart);
  }

  @Example
  void aSecondCloseIsNotGranted() {
    assertThat(state.beginStop()).isTrue();
    assertThat(state.beginStop()).isFalse();
    state.stopped();
    assertThat(state.beginStop()).isFalse();
  }

  @Example
  void theFirstFailureStays() {
    IllegalStateException first = new IllegalStateException("first");
    state.beginStart();

    state.failed(first);
    state.failed(new IllegalStateException("second"));
    state.running();

    assertThat(state.state()).isEqualTo(FAILED);
    assertThat(state.failure()).containsSame(first);
  }

  @Example
  void whatFailsWhileItIsBeingClosedDoesNotCount() {
    state.beginStart();
    state.running();
    state.beginStop();

    state.failed(new IllegalStateException("interrupted"));

    assertThat(state.state()).isEqualTo(STOPPING);
    assertThat(state.failure()).isEmpty();
  }

  @Example
  void aFailedServiceCanBeClosedAndThenHasNoFailure() {
    state.beginStart();
    state.failed(new IllegalStateException("first"));

    assertThat(state.beginStop()).isTrue();
    state.stopped();

    assertThat(state.state()).isEqualTo(STOPPED);
    assertThat(state.failure()).isEmpty();
  }

  private static void take(StateHolder holder, Step step) {
    switch (step) {
      case BEGIN_START -> {
        ServiceState before = holder.state();
        if (CLOSED.contains(before)) {
          assertThatIllegalStateException().isThrownBy(holder::beginStart);
        } else {
          assertThat(holder.beginStart()).isEqualTo(before == CREATED);
        }
      }
      case RUNNING -> holder.running();
      case FAILED -> holder.failed(new IllegalStateException("failed"));
      case BEGIN_STOP -> {
        boolean closed = CLOSED.contains(holder.state());
        assertThat(holder.beginStop()).isNotEqualTo(closed);
      }
      case STOPPED -> holder.stopped();
    }
  }
}
