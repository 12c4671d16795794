package io.headwater.schemas.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ShadowTrial;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final ModelRef ONE = new ModelRef("m", "1");
  private static final ModelRef TWO = new ModelRef("m", "2");
  private static final ModelAssignment CONFIGURED = Assignments.configured("sentiment", ONE);

  @Test
  void aProposalLeavesWhatServesAndIsACandidate() {
    ModelAssignment proposed = Assignments.proposed(CONFIGURED, TWO);

    assertThat(proposed.getModel()).isEqualTo(ONE);
    assertThat(Assignments.candidates(proposed)).containsExactly(TWO);
    assertThat(Assignments.withdrawn(proposed)).isEqualTo(CONFIGURED);
  }

  @Test
  void whatIsActivatedRemembersWhatItReplacesAndEndsTheTrials() {
    ModelAssignment tried = Assignments.shadowed(CONFIGURED, new ShadowTrial(TWO, 0.5, NOW));

    ModelAssignment active =
        Assignments.activated(
            Assignments.proposed(tried, TWO), TWO, "ann", Optional.of("better"), NOW);

    assertThat(active.getModel()).isEqualTo(TWO);
    assertThat(active.getPrevious()).isEqualTo(ONE);
    assertThat(active.getShadow()).isNull();
    assertThat(active.getProposed()).isNull();
    assertThat(active.getNote()).isEqualTo("better");
    assertThat(Assignments.candidates(active)).isEmpty();
  }

  @Test
  void aRollbackTellsWhatWasTakenBackAndWhy() {
    ModelAssignment active = Assignments.activated(CONFIGURED, TWO, "ann", Optional.empty(), NOW);

    ModelAssignment back = Assignments.rolledBack(active, ONE, "ann", "worse", NOW);

    assertThat(back.getModel()).isEqualTo(ONE);
    assertThat(back.getPrevious()).isEqualTo(TWO);
    assertThat(back.getLastRollback().getModel()).isEqualTo(TWO);
    assertThat(back.getLastRollback().getReason()).isEqualTo("worse");
  }

  @Test
  void aCanaryThatIsTakenBackLeavesTheModelThatServes() {
    ModelAssignment canaried =
        Assignments.canaried(CONFIGURED, new CanaryTrial(TWO, 0.1, NOW, 0.02, 0.1, 200L));

    ModelAssignment back = Assignments.canaryRolledBack(canaried, "too many errors", NOW);

    assertThat(Assignments.candidates(canaried)).containsExactly(TWO);
    assertThat(back.getModel()).isEqualTo(ONE);
    assertThat(back.getCanary()).isNull();
    assertThat(back.getLastRollback().getModel()).isEqualTo(TWO);
    assertThat(Assignments.canaryRolledBack(back, "again", NOW)).isSameAs(back);
  }
}
