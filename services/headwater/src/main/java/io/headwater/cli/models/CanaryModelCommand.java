package io.headwater.cli.models;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelRef;
import io.headwater.cli.ExitCodes;
import io.headwater.schemas.HeadwaterTopics;
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
    boolean stop = trial.isStop();
    double checked = trial.share("--share", share);
    if (stop) {
      try (RiverModels river = options.river()) {
        boolean ended =
            TrialOptions.end(
                river,
                known ->
                    Optional.of(known)
                        .filter(now -> now.getCanary() != null)
                        .map(
                            now ->
                                Assignments.canaryRolledBack(
                                    now, "ended by " + ChangeOptions.user(), Instant.now())));
        options.out().println(ended ? "the canary has ended" : "there is no canary");
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
          known ->
              Assignments.canaried(
                  known,
                  new CanaryTrial(
                      candidate,
                      checked,
                      Instant.now(),
                      maxErrors,
                      maxDisagreement,
                      Math.max(1, minimum))));
    }
  }
}
