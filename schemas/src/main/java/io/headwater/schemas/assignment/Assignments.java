package io.headwater.schemas.assignment;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelRollback;
import io.headwater.avro.ShadowTrial;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What can be done to an assignment. Each gives a new one; the book counts the revisions. */
public final class Assignments {
  private Assignments() {}

  /** What holds where nothing is assigned: the model of the settings, at revision 0. */
  public static ModelAssignment configured(String task, ModelRef model) {
    return ModelAssignment.newBuilder()
        .setTask(task)
        .setModel(model)
        .setAssignedAt(Instant.EPOCH)
        .setAssignedBy("settings")
        .build();
  }

  /** Every model besides the one that serves, that an instance must have ready. */
  public static Set<ModelRef> candidates(ModelAssignment assignment) {
    Set<ModelRef> candidates = new LinkedHashSet<>();
    Optional.ofNullable(assignment.getProposed()).ifPresent(candidates::add);
    Optional.ofNullable(assignment.getCanary())
        .map(CanaryTrial::getModel)
        .ifPresent(candidates::add);
    Optional.ofNullable(assignment.getShadow())
        .map(ShadowTrial::getModel)
        .ifPresent(candidates::add);
    candidates.remove(assignment.getModel());
    return candidates;
  }

  /** Instances shall make that model ready. */
  public static ModelAssignment proposed(ModelAssignment known, ModelRef model) {
    return ModelAssignment.newBuilder(known).setProposed(model).build();
  }

  /** Nothing is proposed any more. */
  public static ModelAssignment withdrawn(ModelAssignment known) {
    return ModelAssignment.newBuilder(known).clearProposed().build();
  }

  /** That model serves from now on. Trials end: they compared with the one that served. */
  public static ModelAssignment activated(
      ModelAssignment known, ModelRef model, String by, Optional<String> note, Instant at) {
    ModelAssignment.Builder next =
        ModelAssignment.newBuilder(known)
            .setModel(model)
            .setAssignedAt(at)
            .setAssignedBy(by)
            .clearNote()
            .clearProposed()
            .clearShadow()
            .clearCanary();
    note.ifPresent(next::setNote);
    if (!known.getModel().equals(model)) {
      next.setPrevious(known.getModel());
    }
    return next.build();
  }

  /** A candidate scores beside the model that serves. */
  public static ModelAssignment shadowed(ModelAssignment known, ShadowTrial trial) {
    return ModelAssignment.newBuilder(known).clearProposed().setShadow(trial).build();
  }

  /** No candidate scores beside the model that serves. */
  public static ModelAssignment withoutShadow(ModelAssignment known) {
    return ModelAssignment.newBuilder(known).clearShadow().build();
  }

  /** A candidate serves a share of the keys. */
  public static ModelAssignment canaried(ModelAssignment known, CanaryTrial trial) {
    return ModelAssignment.newBuilder(known).clearProposed().setCanary(trial).build();
  }

  /**
   * The canary's keys are served by the model of all others again; as it is where there is none.
   */
  public static ModelAssignment canaryRolledBack(ModelAssignment known, String reason, Instant at) {
    CanaryTrial canary = known.getCanary();
    return canary == null
        ? known
        : ModelAssignment.newBuilder(known)
            .clearCanary()
            .setLastRollback(new ModelRollback(canary.getModel(), at, reason))
            .build();
  }

  /** The model that served before serves again, and the one that served is told as taken back. */
  public static ModelAssignment rolledBack(
      ModelAssignment known, ModelRef previous, String by, String reason, Instant at) {
    ModelAssignment next = activated(known, previous, by, Optional.of(reason), at);
    next.setLastRollback(new ModelRollback(known.getModel(), at, reason));
    return next;
  }
}
