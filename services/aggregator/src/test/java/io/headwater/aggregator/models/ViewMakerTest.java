package io.headwater.aggregator.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.Origin;
import io.headwater.avro.Readiness;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.LiveInstances;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewMakerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final ModelRef ONE = new ModelRef("m", "1");
  private static final ModelRef TWO = new ModelRef("m", "2");

  @Test
  void withoutAnAssignmentTheInstancesSayWhatServes() {
    ModelsView view = view(Optional.empty(), Optional.empty(), status(ONE));

    assertThat(view.active()).isEqualTo("m@1");
    assertThat(view.revision()).isZero();
    assertThat(view.agreed()).isTrue();
    assertThat(view.instances()).hasSize(1);
  }

  @Test
  void anInstanceWithAnotherModelDisagrees() {
    ModelAssignment assignment =
        Assignments.activated(
            Assignments.configured("sentiment", ONE), TWO, "ann", Optional.of("better"), NOW);

    ModelsView view = view(Optional.of(assignment), Optional.empty(), status(ONE), status(TWO));

    assertThat(view.active()).isEqualTo("m@2");
    assertThat(view.by()).isEqualTo("ann");
    assertThat(view.note()).isEqualTo("better");
    assertThat(view.since()).isEqualTo(NOW);
    assertThat(view.agreed()).isFalse();
  }

  @Test
  void aCanaryIsShownWithItsCountsAndLimits() {
    ModelAssignment assignment =
        Assignments.canaried(
            Assignments.configured("sentiment", ONE),
            new CanaryTrial(TWO, 0.05, NOW, 0.02, 0.1, 100L));
    TrialCounts counts = new TrialCounts(TWO, ONE, 10);
    counts.live(new Origin("messages", 0, 1L), TWO, "positive");
    counts.beside(new Origin("messages", 0, 1L), ONE, "positive");

    ModelsView view = view(Optional.of(assignment), Optional.of(counts), status(ONE));

    assertThat(requireNonNull(view.canary()))
        .isEqualTo(
            new ModelsView.Canary("m@2", 0.05, 1, 1, 0, new ModelsView.Limits(0.02, 0.1, 100)));
    assertThat(view.shadow()).isNull();
  }

  @Test
  void whatWasTakenBackIsToldWithItsReason() {
    ModelAssignment assignment =
        Assignments.rolledBack(Assignments.configured("sentiment", TWO), ONE, "ann", "worse", NOW);

    assertThat(view(Optional.of(assignment), Optional.empty()).rolledBack())
        .isEqualTo(new ModelsView.RolledBack("m@2", NOW, "worse"));
  }

  private static ModelsView view(
      Optional<ModelAssignment> assignment, Optional<TrialCounts> canary, ModelStatus... statuses) {
    return ViewMaker.of(
        "sentiment", assignment, new LiveInstances(List.of(statuses)), Optional.empty(), canary);
  }

  private static ModelStatus status(ModelRef active) {
    return ModelStatus.newBuilder()
        .setService("scorer")
        .setInstance("i-" + active.getVersion())
        .setTask("sentiment")
        .setActive(active)
        .setState(Readiness.READY)
        .setAt(NOW)
        .build();
  }
}
