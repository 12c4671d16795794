package io.headwater.aggregator.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How far the stages are behind.
 *
 * @param stages those of which it is known
 * @param error why it is not known of others, in a line
 */
public record LagReport(List<StageLag> stages, Optional<String> error) {
  /** Nobody has been asked. */
  public static final LagReport NOT_ASKED =
      new LagReport(List.of(), Optional.of("The broker has not been asked yet"));

  public LagReport {
    stages = List.copyOf(stages);
    requireNonNull(error, "error");
  }
}
