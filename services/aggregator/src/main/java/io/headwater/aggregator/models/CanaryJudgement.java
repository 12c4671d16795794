package io.headwater.aggregator.models;

import io.headwater.avro.CanaryTrial;
import java.util.Locale;
import java.util.Optional;

/** Whether a canary has broken the limits it was given. */
final class CanaryJudgement {
  private CanaryJudgement() {}

  /** Why it must be taken back; empty while it need not be. */
  static Optional<String> fault(CanaryTrial canary, TrialCounts counts) {
    if (counts.seen() >= canary.getMinimumCompared()
        && counts.errorShare() > canary.getMaxErrorShare()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%.1f %% of %d messages became dead letters; the limit is %.1f %%",
              100 * counts.errorShare(),
              counts.seen(),
              100 * canary.getMaxErrorShare()));
    }
    double disagreement = 1 - counts.agreement();
    if (counts.compared() >= canary.getMinimumCompared()
        && disagreement > canary.getMaxDisagreement()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%.1f %% of %d messages got another label; the limit is %.1f %%",
              100 * disagreement,
              counts.compared(),
              100 * canary.getMaxDisagreement()));
    }
    return Optional.empty();
  }
}
