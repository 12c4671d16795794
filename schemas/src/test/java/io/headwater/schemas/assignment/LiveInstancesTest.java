package io.headwater.schemas.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveInstancesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final ModelRef OLD = new ModelRef("m", "1");
  private static final ModelRef NEXT = new ModelRef("m", "2");

  @Test
  void whoHasNotBeenHeardOfForLongDoesNotCount() {
    ModelStatus lately = status("a", Readiness.READY, 3);
    ModelStatus longAgo = status("b", Readiness.READY, 3);
    longAgo.setAt(NOW.minus(Duration.ofSeconds(31)));
    ModelStatus another = status("c", Readiness.READY, 3);
    another.setTask("translation");

    LiveInstances live = LiveInstances.of(List.of(longAgo, another, lately), "sentiment", NOW);

    assertThat(live.statuses()).containsExactly(lately);
  }

  @Test
  void aModelIsReadyWhereItServesOrIsACandidateOfThatRevision() {
    ModelStatus candidate = status("a", Readiness.READY, 4, NEXT);
    ModelStatus earlier = status("b", Readiness.READY, 3, NEXT);
    ModelStatus serving = status("c", Readiness.READY, 4);
    serving.setActive(NEXT);
    LiveInstances live = new LiveInstances(List.of(candidate, earlier, serving));

    assertThat(live.ready(NEXT, 4)).containsExactly(candidate, serving);
    assertThat(live.waitedFor(NEXT, 4)).containsExactly(earlier);
    assertThat(live.refusing(NEXT, 4)).isEmpty();
  }

  @Test
  void whoIsAtItIsWaitedForAndWhoHasItNotHasRefusedIt() {
    ModelStatus preparing = status("a", Readiness.PREPARING, 4);
    ModelStatus refusing = status("b", Readiness.REFUSED, 4);
    LiveInstances live = new LiveInstances(List.of(preparing, refusing));

    assertThat(live.waitedFor(NEXT, 4)).containsExactly(preparing);
    assertThat(live.refusing(NEXT, 4)).containsExactly(refusing);
  }

  @Test
  void anInstanceThatCannotHaveTheOldModelMayStillBeReadyForTheNext() {
    ModelStatus broken = status("a", Readiness.REFUSED, 4, NEXT);
    LiveInstances live = new LiveInstances(List.of(broken));

    assertThat(live.ready(NEXT, 4)).containsExactly(broken);
  }

  @Test
  void theyAgreeWhenAllServeWithTheSame() {
    ModelStatus other = status("b", Readiness.READY, 4);
    other.setActive(NEXT);

    assertThat(new LiveInstances(List.of(status("a", Readiness.READY, 4))).agreeOn(OLD)).isTrue();
    LiveInstances apart = new LiveInstances(List.of(status("a", Readiness.READY, 4), other));
    assertThat(apart.agreeOn(OLD)).isFalse();
    assertThat(apart.active()).isEmpty();
  }

  private static ModelStatus status(
      String instance, Readiness state, long revision, ModelRef... candidates) {
    return ModelStatus.newBuilder()
        .setService("scorer")
        .setInstance(instance)
        .setTask("sentiment")
        .setActive(OLD)
        .setCandidates(List.of(candidates))
        .setRevision(revision)
        .setState(state)
        .setAt(NOW)
        .build();
  }
}
