package io.headwater.cli.models;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRollback;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.ShadowTrial;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.assignment.LiveInstances;
import io.headwater.schemas.assignment.ModelFollower;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater models status}: what serves, and whether all instances agree. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Show which model serves each task, what is tried, and what every instance has ready.",
      "Exit code 1 when instances disagree or one has refused a model."
    })
public final class ModelsStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean well = true;
    try (RiverModels river = RiverModels.open(connection.settings())) {
      Map<String, ModelAssignment> assigned = river.assignments();
      for (String task : HeadwaterTopics.TASKS) {
        LiveInstances live = river.live(task);
        Optional<ModelAssignment> assignment = Optional.ofNullable(assigned.get(task));
        well &= print(out, task, assignment, live);
      }
    }
    out.flush();
    return well ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private static boolean print(
      PrintWriter out, String task, Optional<ModelAssignment> assignment, LiveInstances live) {
    out.println(
        assignment
            .map(ModelsStatusCommand::line)
            .orElseGet(
                () ->
                    "%-12s %s"
                        .formatted(
                            task,
                            live.statuses().isEmpty()
                                ? "no instance does it"
                                : "nothing assigned: instances go by their settings")));
    assignment.ifPresent(known -> trials(out, known));
    for (ModelStatus status : live.statuses()) {
      out.printf(
          Locale.ROOT,
          "  %-40s %-10s %s%s%n",
          ModelChange.place(status),
          status.getState(),
          Optional.ofNullable(status.getActive()).map(ModelFollower::name).orElse("no model"),
          status.getDetail().isEmpty() ? "" : "  " + status.getDetail());
    }
    boolean agreed =
        assignment
            .map(known -> live.agreeOn(known.getModel()))
            .orElseGet(() -> live.statuses().isEmpty() || live.active().isPresent());
    if (!agreed) {
      out.println("  the instances do not agree");
    }
    return agreed && live.statuses().stream().noneMatch(ModelsStatusCommand::hasRefused);
  }

  private static boolean hasRefused(ModelStatus status) {
    return status.getState() == io.headwater.avro.Readiness.REFUSED;
  }

  private static String line(ModelAssignment assignment) {
    String note = assignment.getNote() == null ? "" : "  " + assignment.getNote();
    return "%-12s %s  revision %d  since %s  by %s%s"
        .formatted(
            assignment.getTask(),
            ModelFollower.name(assignment.getModel()),
            assignment.getRevision(),
            assignment.getAssignedAt(),
            assignment.getAssignedBy(),
            note);
  }

  private static void trials(PrintWriter out, ModelAssignment assignment) {
    Optional.ofNullable(assignment.getProposed())
        .ifPresent(model -> out.println("  proposed     " + ModelFollower.name(model)));
    ShadowTrial shadow = assignment.getShadow();
    if (shadow != null) {
      out.printf(
          Locale.ROOT,
          "  shadow       %s  share %.3f  since %s%n",
          ModelFollower.name(shadow.getModel()),
          shadow.getShare(),
          shadow.getSince());
    }
    CanaryTrial canary = assignment.getCanary();
    if (canary != null) {
      out.printf(
          Locale.ROOT,
          "  canary       %s  share %.3f  since %s  taken back above %.3f errors or %.3f"
              + " disagreement, after %d%n",
          ModelFollower.name(canary.getModel()),
          canary.getShare(),
          canary.getSince(),
          canary.getMaxErrorShare(),
          canary.getMaxDisagreement(),
          canary.getMinimumCompared());
    }
    Optional.ofNullable(assignment.getPrevious())
        .ifPresent(model -> out.println("  before       " + ModelFollower.name(model)));
    ModelRollback last = assignment.getLastRollback();
    if (last != null) {
      out.println(
          "  taken back   %s  at %s: %s"
              .formatted(ModelFollower.name(last.getModel()), last.getAt(), last.getReason()));
    }
  }
}
