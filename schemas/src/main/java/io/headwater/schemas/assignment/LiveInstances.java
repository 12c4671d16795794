package io.headwater.schemas.assignment;

import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The instances that do a task and live: those that have been heard of lately.
 *
 * @param statuses what each said last, by service and instance
 */
public record LiveInstances(List<ModelStatus> statuses) {
  /** Who has not been heard of for so long is not waited for. */
  public static final Duration LIFE = StatusAnnouncer.RENEWAL.multipliedBy(3);

  public LiveInstances {
    statuses = List.copyOf(statuses);
  }

  /** Those among all that were ever heard of. */
  public static LiveInstances of(Collection<ModelStatus> all, String task, Instant now) {
    return new LiveInstances(
        all.stream()
            .filter(status -> status.getTask().equals(task))
            .filter(status -> status.getAt().plus(LIFE).isAfter(now))
            .sorted(
                Comparator.comparing(ModelStatus::getService)
                    .thenComparing(ModelStatus::getInstance))
            .toList());
  }

  /** Whether each of them serves with that model. */
  public boolean agreeOn(ModelRef model) {
    return statuses.stream().allMatch(status -> model.equals(status.getActive()));
  }

  /** Those that have a model, having acted upon a revision that names it. */
  public List<ModelStatus> ready(ModelRef model, long revision) {
    return statuses.stream()
        .filter(status -> status.getRevision() >= revision && has(status, model))
        .toList();
  }

  /** Those that have acted upon a revision and do not have the model that it names. */
  public List<ModelStatus> refusing(ModelRef model, long revision) {
    return statuses.stream()
        .filter(status -> status.getRevision() >= revision && !has(status, model))
        .filter(status -> status.getState() != Readiness.PREPARING)
        .toList();
  }

  /** Those that have not acted upon a revision yet. */
  public List<ModelStatus> waitedFor(ModelRef model, long revision) {
    return statuses.stream()
        .filter(status -> !ready(model, revision).contains(status))
        .filter(status -> !refusing(model, revision).contains(status))
        .toList();
  }

  private static boolean has(ModelStatus status, ModelRef model) {
    return model.equals(status.getActive()) || status.getCandidates().contains(model);
  }

  /** The model that they serve with, where it is one and the same. */
  public Optional<ModelRef> active() {
    List<ModelRef> known =
        statuses.stream()
            .flatMap(status -> Optional.ofNullable(status.getActive()).stream())
            .distinct()
            .toList();
    return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
  }
}
