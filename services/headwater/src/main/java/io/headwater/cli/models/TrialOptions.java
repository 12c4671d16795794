package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.HeadwaterTopics;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands have in common that try a candidate. */
final class TrialOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "ID@VERSION",
      arity = "0..1",
      converter = ModelIdConverter.class,
      description = "The candidate: a sentiment package of models.directory, at every instance.")
  private Optional<ModelId> model = Optional.empty();

  @Option(names = "--stop", description = "End the trial.")
  private boolean stop;

  /** How a trial is written into the assignment of its task. */
  interface Trial {
    /** As it is called in what the command says. */
    String name();

    /** Without this trial; empty where there is none. */
    Optional<ModelAssignment> ended(ModelAssignment known);

    /** With it. */
    ModelAssignment begun(ModelAssignment known, ModelRef candidate);
  }

  /**
   * Begins or ends a trial, as the options say.
   *
   * @return the exit code
   */
  int run(ChangeOptions options, Trial trial) {
    if (stop == model.isPresent()) {
      throw new ParameterException(spec.commandLine(), "name a candidate, or --stop");
    }
    if (stop) {
      try (RiverModels river = options.river()) {
        boolean ended = river.change(HeadwaterTopics.SENTIMENT, trial::ended).isPresent();
        options
            .out()
            .println((ended ? "the %s has ended" : "there is no %s").formatted(trial.name()));
        return ExitCodes.OK;
      }
    }
    ModelRef candidate = candidate(options);
    try (RiverModels river = options.river()) {
      requireOther(river, candidate);
      return options.change(
          river, HeadwaterTopics.SENTIMENT, candidate, known -> trial.begun(known, candidate));
    }
  }

  /** The candidate, after it has been verified here. */
  private ModelRef candidate(ChangeOptions options) {
    ModelId id = model.orElseThrow();
    ModelPackage checked = CheckedPackage.of(id, options.connection().settings(), options.out());
    if (!checked.task().equals(HeadwaterTopics.SENTIMENT)) {
      throw new CommandFailure(
          "%s is for %s: only sentiment has trials; assign it, or compare it in a replay"
              .formatted(id, checked.task()));
    }
    return ChangeOptions.refOf(id);
  }

  /** A share, which must be one. */
  double share(String option, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new ParameterException(
          spec.commandLine(), option + " is above 0 and at most 1, such as 0.05");
    }
    return value;
  }

  /** A trial of the model that serves would compare it with itself. */
  private static void requireOther(RiverModels river, ModelRef candidate) {
    if (river.assignment(HeadwaterTopics.SENTIMENT).getModel().equals(candidate)) {
      throw new CommandFailure("that model serves already: there is nothing to compare");
    }
  }
}
