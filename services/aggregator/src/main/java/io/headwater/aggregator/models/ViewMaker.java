package io.headwater.aggregator.models;

import io.headwater.aggregator.models.ModelsView.Canary;
import io.headwater.aggregator.models.ModelsView.Instance;
import io.headwater.aggregator.models.ModelsView.Limits;
import io.headwater.aggregator.models.ModelsView.RolledBack;
import io.headwater.aggregator.models.ModelsView.Shadow;
import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelRollback;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.ShadowTrial;
import io.headwater.schemas.assignment.LiveInstances;
import io.headwater.schemas.assignment.ModelFollower;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the view of a task from what is assigned, said and counted. */
final class ViewMaker {
  private ViewMaker() {}

  /**
   * The view of a task.
   *
   * @param assignment empty where nothing is assigned
   * @param shadow counts of its shadow trial, where there is one
   * @param canary counts of its canary
   */
  static ModelsView of(
      String task,
      Optional<ModelAssignment> assignment,
      LiveInstances live,
      Optional<TrialCounts> shadow,
      Optional<TrialCounts> canary) {
    @Nullable ModelAssignment known = assignment.orElse(null);
    Optional<ModelRef> active = assignment.map(ModelAssignment::getModel).or(live::active);
    boolean agreed = active.isPresent() && live.agreeOn(active.get());
    List<Instance> instances = live.statuses().stream().map(ViewMaker::instance).toList();
    if (known == null) {
      return new ModelsView(
          task,
          active.map(ModelFollower::name).orElse(null),
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          instances,
          agreed);
    }
    return new ModelsView(
        task,
        ModelFollower.name(known.getModel()),
        known.getRevision(),
        known.getAssignedAt(),
        known.getAssignedBy(),
        known.getNote(),
        name(known.getProposed()),
        shadow(known.getShadow(), shadow),
        canary(known.getCanary(), canary),
        rolledBack(known.getLastRollback()),
        instances,
        agreed);
  }

  private static @Nullable Shadow shadow(
      @Nullable ShadowTrial trial, Optional<TrialCounts> counts) {
    return trial == null
        ? null
        : new Shadow(
            ModelFollower.name(trial.getModel()),
            trial.getShare(),
            counts.map(TrialCounts::compared).orElse(0L),
            counts.map(TrialCounts::agreement).orElse(1.0));
  }

  private static @Nullable Canary canary(
      @Nullable CanaryTrial trial, Optional<TrialCounts> counts) {
    return trial == null
        ? null
        : new Canary(
            ModelFollower.name(trial.getModel()),
            trial.getShare(),
            counts.map(TrialCounts::compared).orElse(0L),
            counts.map(TrialCounts::agreement).orElse(1.0),
            counts.map(TrialCounts::errorShare).orElse(0.0),
            new Limits(
                trial.getMaxErrorShare(), trial.getMaxDisagreement(), trial.getMinimumCompared()));
  }

  private static @Nullable RolledBack rolledBack(@Nullable ModelRollback rollback) {
    return rollback == null
        ? null
        : new RolledBack(
            ModelFollower.name(rollback.getModel()), rollback.getAt(), rollback.getReason());
  }

  private static Instance instance(ModelStatus status) {
    return new Instance(
        status.getService(),
        status.getInstance(),
        name(status.getActive()),
        status.getState().name(),
        status.getDetail());
  }

  private static @Nullable String name(@Nullable ModelRef model) {
    return model == null ? null : ModelFollower.name(model);
  }
}
