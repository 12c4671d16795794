package io.headwater.cli.models;

import io.headwater.avro.ModelRef;
import io.headwater.avro.ShadowTrial;
import io.headwater.cli.ExitCodes;
import io.headwater.schemas.HeadwaterTopics;
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
    boolean stop = trial.isStop();
    double checked = trial.share("--share", share);
    if (stop) {
      try (RiverModels river = options.river()) {
        boolean ended =
            TrialOptions.end(
                river,
                known ->
                    Optional.of(known)
                        .filter(now -> now.getShadow() != null)
                        .map(Assignments::withoutShadow));
        options.out().println(ended ? "the shadow has ended" : "there is no shadow");
        return ExitCodes.OK;
      }
    }
    ModelRef candidate = trial.candidate(options);
    try (RiverModels river = options.river()) {
      TrialOptions.requireOther(river, candidate);
      return options.change(
          river,
          HeadwaterTopics.SENTIMENT,
          candidate,
          known -> Assignments.shadowed(known, new ShadowTrial(candidate, checked, Instant.now())));
    }
  }
}
