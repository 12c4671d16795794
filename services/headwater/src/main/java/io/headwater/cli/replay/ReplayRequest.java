package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.models.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for. What it leaves out has a default in a new replay, and is as
 * planned in one that is resumed.
 *
 * @param name of the replay
 * @param topic that is replayed, with or without the river's prefix
 * @param from where it begins
 * @param to where it ends
 * @param task that is done again
 * @param model that does it
 */
record ReplayRequest(
    ReplayName name,
    Optional<String> topic,
    Optional<TimePoint> from,
    Optional<TimePoint> to,
    Optional<String> task,
    Optional<ModelId> model) {

  /** What differs from the plan, as words for people; empty when the replay can be resumed. */
  List<String> misfits(ReplayPlan plan) {
    List<String> misfits = new ArrayList<>();
    compare(
        misfits,
        "--topic",
        plan.getTopic(),
        topic.filter(asked -> !plan.getTopic().equals(name.livePrefix() + asked)));
    compare(misfits, "--from", plan.getFrom(), from.map(TimePoint::text));
    compare(misfits, "--to", plan.getTo(), to.map(TimePoint::text));
    compare(misfits, "--task", plan.getTask(), task);
    compare(misfits, "--model", modelOf(plan).toString(), model.map(ModelId::toString));
    return misfits;
  }

  /** The model of a plan. */
  static ModelId modelOf(ReplayPlan plan) {
    return new ModelId(plan.getModel().getId(), plan.getModel().getVersion());
  }

  private static void compare(
      List<String> misfits, String option, String planned, Optional<String> asked) {
    asked
        .filter(value -> !value.equals(planned))
        .ifPresent(value -> misfits.add("%s %s, not %s".formatted(option, planned, value)));
  }
}
