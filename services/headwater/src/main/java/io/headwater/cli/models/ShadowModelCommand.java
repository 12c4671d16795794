package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ShadowTrial;
import io.headwater.schemas.assignment.Assignments;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater models shadow}: a candidate scores beside the model that serves. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    description = {
      "Let a candidate score a share of the traffic beside the model that serves, into the topic",
      "scores.sentiment.shadow. Insights stay as they are; the dashboard shows how often the two agree."
    })
public final class ShadowModelCommand implements Callable<Integer> {
  @Mixin private ChangeOptions options;
  @Mixin private TrialOptions trial;

  @Option(
      names = "--share",
      defaultValue = "0.1",
      description = "Share of the keys (default ${DEFAULT-VALUE}).")
  private double share;

  @Override
  public Integer call() {
    return trial.run(options, new Shadow(trial.share("--share", share)));
  }

  private record Shadow(double share) implements TrialOptions.Trial {
    @Override
    public String name() {
      return "shadow";
    }

    @Override
    public Optional<ModelAssignment> ended(ModelAssignment known) {
      return known.getShadow() == null
          ? Optional.empty()
          : Optional.of(Assignments.withoutShadow(known));
    }

    @Override
    public ModelAssignment begun(ModelAssignment known, ModelRef candidate) {
      return Assignments.shadowed(known, new ShadowTrial(candidate, share, Instant.now()));
    }
  }
}
