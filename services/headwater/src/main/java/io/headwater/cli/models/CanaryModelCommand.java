package io.headwater.cli.models;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.schemas.assignment.Assignments;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater models canary}: a candidate serves a share of the keys. */
@Command(
    name = "canary",
    mixinStandardHelpOptions = true,
    description = {
      "Let a candidate serve a share of the keys. The model that serves the others scores those",
      "messages too, for comparison. An aggregator takes the canary back by itself when too many of",
      "its messages become dead letters, or get another label than the other model gives them."
    })
public final class CanaryModelCommand implements Callable<Integer> {
  @Mixin private ChangeOptions options;
  @Mixin private TrialOptions trial;

  @Option(
      names = "--share",
      defaultValue = "0.05",
      description = "Share of the keys (default ${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--max-errors",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description = "Most dead letters among its messages (default ${DEFAULT-VALUE}).")
  private double maxErrors;

  @Option(
      names = "--max-disagreement",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Most messages with another label (default ${DEFAULT-VALUE}).")
  private double maxDisagreement;

  @Option(
      names = "--minimum",
      paramLabel = "N",
      defaultValue = "100",
      description = "It is judged after so many messages (default ${DEFAULT-VALUE}).")
  private long minimum;

  @Override
  public Integer call() {
    return trial.run(
        options,
        new Canary(
            trial.share("--share", share), maxErrors, maxDisagreement, Math.max(1, minimum)));
  }

  private record Canary(double share, double maxErrors, double maxDisagreement, long minimum)
      implements TrialOptions.Trial {
    @Override
    public String name() {
      return "canary";
    }

    @Override
    public Optional<ModelAssignment> ended(ModelAssignment known) {
      return known.getCanary() == null
          ? Optional.empty()
          : Optional.of(
              Assignments.canaryRolledBack(
                  known, "ended by " + ChangeOptions.user(), Instant.now()));
    }

    @Override
    public ModelAssignment begun(ModelAssignment known, ModelRef candidate) {
      return Assignments.canaried(
          known,
          new CanaryTrial(candidate, share, Instant.now(), maxErrors, maxDisagreement, minimum));
    }
  }
}
