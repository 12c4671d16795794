package io.headwater.cli.models;

import io.headwater.avro.ModelRef;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.ModelFollower;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code headwater models assign}: another model serves from now on. */
@Command(
    name = "assign",
    mixinStandardHelpOptions = true,
    description = {
      "Let a package serve its task from now on, in a running river.",
      "It is verified here and made ready at every instance before it serves anywhere; if one",
      "refuses it or does not answer in time, nothing changes, and the exit code is 1.",
      "Messages that are on their way keep the model that they began with."
    })
public final class AssignModelCommand implements Callable<Integer> {
  @Mixin private ChangeOptions options;

  @Parameters(
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description = "A package of models.directory, at every instance.")
  private ModelId model;

  @Override
  public Integer call() {
    ModelPackage checked = CheckedPackage.of(model, options.connection().settings(), options.out());
    String task = checked.task();
    ModelRef ref = ChangeOptions.refOf(model);
    try (RiverModels river = options.river()) {
      if (river.assignment(task).getModel().equals(ref) && river.live(task).agreeOn(ref)) {
        options.out().println("%s serves %s already".formatted(ModelFollower.name(ref), task));
        return ExitCodes.OK;
      }
      return options.change(
          river,
          task,
          ref,
          known ->
              Assignments.activated(
                  known, ref, ChangeOptions.user(), options.note(), Instant.now()));
    }
  }
}
