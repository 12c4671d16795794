package io.headwater.aggregator.models;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task is served, as the dashboard shows it.
 *
 * @param task the task
 * @param active what serves it, as id@version; null where that is not known
 * @param revision of the assignment; 0 where there is none
 * @param since when it was assigned; null where there is no assignment
 * @param by who assigned it; null where there is no assignment
 * @param note why, in the operator's words
 * @param proposed what instances are making ready
 * @param shadow what scores beside it
 * @param canary what serves a share
 * @param rolledBack what was taken back last
 * @param instances those that live, and what they say
 * @param agreed whether they all serve with what is assigned
 */
public record ModelsView(
    String task,
    @Nullable String active,
    long revision,
    @Nullable Instant since,
    @Nullable String by,
    @Nullable String note,
    @Nullable String proposed,
    @Nullable Shadow shadow,
    @Nullable Canary canary,
    @Nullable RolledBack rolledBack,
    List<Instance> instances,
    boolean agreed) {
  public ModelsView {
    instances = List.copyOf(instances);
  }

  /** A candidate that scores beside; {@code agreement} is 1 where nothing was compared. */
  public record Shadow(String model, double share, long compared, double agreement) {}

  /** A candidate that serves a share. */
  public record Canary(
      String model,
      double share,
      long compared,
      double agreement,
      double errorShare,
      Limits limits) {}

  /** When a canary is taken back. */
  public record Limits(double errorShare, double disagreement, long minimumCompared) {}

  /** What was taken back. */
  public record RolledBack(String model, Instant at, String reason) {}

  /** What an instance says. */
  public record Instance(
      String service, String instance, @Nullable String active, String state, String detail) {}
}
