package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.ModelFollower;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code headwater models rollback}: back to what served before. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Take the canary of a task back; where there is none, let the model serve again that served",
      "before the one that serves now. It is made ready everywhere first, as with assign."
    })
public final class RollbackModelCommand implements Callable<Integer> {
  @Mixin private ChangeOptions options;

  @Parameters(
      paramLabel = "TASK",
      arity = "0..1",
      defaultValue = HeadwaterTopics.SENTIMENT,
      description = "sentiment or translation (default ${DEFAULT-VALUE}).")
  private String task;

  @Override
  public Integer call() {
    String reason = options.note().orElse("rolled back by " + ChangeOptions.user());
    try (RiverModels river = options.river()) {
      ModelAssignment now = river.assignment(task);
      if (now.getCanary() != null) {
        river.change(
            task, known -> Optional.of(Assignments.canaryRolledBack(known, reason, Instant.now())));
        options
            .out()
            .println(
                "canary %s taken back; %s serves all of %s"
                    .formatted(
                        ModelFollower.name(now.getCanary().getModel()),
                        ModelFollower.name(now.getModel()),
                        task));
        return ExitCodes.OK;
      }
      ModelRef previous = now.getPrevious();
      if (previous == null) {
        throw new CommandFailure(
            "nothing served %s before %s".formatted(task, ModelFollower.name(now.getModel())));
      }
      return options.change(
          river,
          task,
          previous,
          known ->
              Assignments.rolledBack(known, previous, ChangeOptions.user(), reason, Instant.now()));
    }
  }
}
