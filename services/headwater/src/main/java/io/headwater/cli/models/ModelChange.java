package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.LiveInstances;
import io.headwater.schemas.assignment.ModelFollower;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes which model serves in two steps, so that no instance is surprised: a model is proposed,
 * every instance makes it ready or refuses it, and only then is it used. One thread; use once.
 */
final class ModelChange {
  private final RiverModels river;
  private final String task;
  private final ModelRef model;
  private final Duration patience;
  private final PrintWriter out;
  private final Set<String> told = new HashSet<>();

  /** The change did not come about; each line says why. */
  static final class NotAgreed extends Exception {
    private static final long serialVersionUID = 1L;

    NotAgreed(List<String> reasons) {
      super(String.join(System.lineSeparator(), reasons));
    }
  }

  /**
   * A change that has not begun.
   *
   * @param model what shall be used
   * @param patience how long instances have to make it ready
   * @param out is told how far it is
   */
  ModelChange(RiverModels river, String task, ModelRef model, Duration patience, PrintWriter out) {
    this.river = river;
    this.task = task;
    this.model = model;
    this.patience = patience;
    this.out = out;
  }

  /**
   * Makes the model ready everywhere, and then uses it.
   *
   * @param use what the assignment becomes once it is ready
   * @return the assignment as written
   */
  ModelAssignment run(UnaryOperator<ModelAssignment> use) throws NotAgreed {
    requireSomebody();
    ModelAssignment proposed =
        river.change(task, known -> Optional.of(Assignments.proposed(known, model))).orElseThrow();
    say("%s proposed for %s (revision %d)".formatted(name(), task, proposed.getRevision()));
    try {
      await(proposed.getRevision());
    } catch (NotAgreed e) {
      withdraw(proposed);
      throw e;
    }
    ModelAssignment written =
        river
            .change(task, known -> isStill(known, proposed).map(use))
            .orElseThrow(() -> new NotAgreed(List.of("somebody else has changed the assignment")));
    return written;
  }

  /** Waits until every instance serves with the model; false when that takes too long. */
  boolean awaitActive(ModelAssignment written) {
    long begun = System.nanoTime();
    LiveInstances live = river.live(task);
    while (!isActive(live, written)) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        live.statuses().stream()
            .filter(status -> !written.getModel().equals(status.getActive()))
            .forEach(status -> say("  %-40s does not serve with it yet".formatted(place(status))));
        return false;
      }
      live = river.liveNext(task);
    }
    say(
        "%s serves %s (revision %d)%s; %s"
            .formatted(
                ModelFollower.name(written.getModel()),
                task,
                written.getRevision(),
                trials(written),
                live.statuses().isEmpty()
                    ? "no instance runs now"
                    : "all %d instances agree".formatted(live.statuses().size())));
    return true;
  }

  private static String trials(ModelAssignment written) {
    StringBuilder text = new StringBuilder();
    Optional.ofNullable(written.getShadow())
        .ifPresent(
            trial ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        ", %s scores %.1f %% of the keys beside it",
                        ModelFollower.name(trial.getModel()),
                        100 * trial.getShare())));
    Optional.ofNullable(written.getCanary())
        .ifPresent(
            trial ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        ", %s serves %.1f %% of the keys",
                        ModelFollower.name(trial.getModel()),
                        100 * trial.getShare())));
    return text.toString();
  }

  private static boolean isActive(LiveInstances live, ModelAssignment written) {
    return live.agreeOn(written.getModel())
        && live.statuses().stream()
            .allMatch(status -> status.getRevision() >= written.getRevision());
  }

  /** A river without translation has no topics' flow for it, whatever is assigned. */
  private void requireSomebody() throws NotAgreed {
    if (task.equals(HeadwaterTopics.TRANSLATION)
        && river.live(task).statuses().isEmpty()
        && !river.live(HeadwaterTopics.SENTIMENT).statuses().isEmpty()) {
      throw new NotAgreed(
          List.of(
              "this river does not translate: set translation.model for tokenizer and scorer, and"
                  + " start them again"));
    }
  }

  private void await(long revision) throws NotAgreed {
    long begun = System.nanoTime();
    LiveInstances live = river.live(task);
    while (true) {
      live.ready(model, revision).forEach(status -> tell(status, "ready"));
      List<ModelStatus> refusing = live.refusing(model, revision);
      if (!refusing.isEmpty()) {
        throw new NotAgreed(
            refusing.stream()
                .map(status -> "%s refuses it: %s".formatted(place(status), status.getDetail()))
                .toList());
      }
      List<ModelStatus> waitedFor = live.waitedFor(model, revision);
      if (waitedFor.isEmpty()) {
        return;
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new NotAgreed(
            waitedFor.stream()
                .map(
                    status ->
                        "%s has not made it ready in %d s (it says: %s %s)"
                            .formatted(
                                place(status),
                                patience.toSeconds(),
                                status.getState(),
                                status.getDetail()))
                .toList());
      }
      live = river.liveNext(task);
    }
  }

  private void withdraw(ModelAssignment proposed) {
    river.change(task, known -> isStill(known, proposed).map(Assignments::withdrawn));
  }

  private static Optional<ModelAssignment> isStill(ModelAssignment known, ModelAssignment one) {
    return Optional.of(known).filter(now -> now.getRevision() == one.getRevision());
  }

  private void tell(ModelStatus status, String what) {
    if (told.add(place(status))) {
      say("  %-40s %s".formatted(place(status), what));
    }
  }

  /** An instance, as people name it. */
  static String place(ModelStatus status) {
    return status.getService() + "/" + status.getInstance();
  }

  private String name() {
    return ModelFollower.name(model);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
