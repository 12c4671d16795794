package io.headwater.cli.replay;

import io.headwater.aggregator.AggregatorSettings;
import io.headwater.avro.ReplayOutcome;
import io.headwater.avro.ReplayPlan;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.cli.replay.result.RunTally;
import io.headwater.cli.river.ServiceGroup;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.streams.PromptCommit;
import io.headwater.schemas.HeadwaterTopics;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One run of a replay: starts the services, counts what they write, and ends them when every
 * message has its result. One thread, the command's; use once.
 */
final class ReplayRun {
  private static final List<String> SERVICES = List.of("tokenizer", "scorer", "aggregator");
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How many of the aggregator's commits it takes at least until nothing more is to come. */
  private static final int COMMITS = 2;

  private final RiverAccess river;
  private final ReplayName name;
  private final ReplayPlan plan;
  private final Settings settings;
  private final KafkaConnection kafka;
  private final HeadwaterTopics topics;
  private final PrintWriter err;
  private final long total;

  /**
   * A run of a planned replay.
   *
   * @param river the live one
   * @param settings of the replay's services
   * @param err is told how far it is
   */
  ReplayRun(
      RiverAccess river, ReplayName name, ReplayPlan plan, Settings settings, PrintWriter err) {
    this.river = river;
    this.name = name;
    this.plan = plan;
    this.settings = settings;
    this.kafka = KafkaConnection.from(settings);
    this.topics = kafka.topics(HeadwaterTopics::of);
    this.err = err;
    this.total = ReplayReport.messages(plan);
  }

  /**
   * Runs until all is done or somebody asks to stop.
   *
   * @return the report; empty when it was stopped
   * @throws CommandFailure when a service fails, or there are more results than messages
   */
  Optional<ReplayReport> run(BooleanSupplier isStopped) {
    return river.ask(
        () -> {
          try (OutputFollower follower = OutputFollower.open(kafka, name, topics)) {
            follower.catchUp(isStopped);
            long before = follower.tally().done();
            long begun = System.nanoTime();
            requireUntouched(follower.tally(), isStopped);
            if (before < total && !isStopped.getAsBoolean()) {
              follow(follower, isStopped);
            }
            RunTally tally = follower.tally();
            if (tally.done() < total) {
              return Optional.empty();
            }
            if (tally.done() > total) {
              throw new CommandFailure(
                  "replay %s has %d results of %d messages: somebody else writes to its topics"
                      .formatted(name.name(), tally.done(), total));
            }
            return Optional.of(
                new ReplayReport(
                    finished(tally),
                    tally,
                    tally.done() - before,
                    Duration.ofNanos(System.nanoTime() - begun)));
          }
        });
  }

  private void follow(OutputFollower follower, BooleanSupplier isStopped) {
    try (ServiceGroup services = new ServiceGroup()) {
      for (String service : SERVICES) {
        if (!isStopped.getAsBoolean()) {
          services.start(service, settings, kafka);
        }
      }
      if (count(follower, services, isStopped)) {
        settle(isStopped);
      }
    }
  }

  /** Counts until all is done; false when it was stopped before. */
  private boolean count(OutputFollower follower, ServiceGroup services, BooleanSupplier isStopped) {
    RunTally tally = follower.tally();
    awaitReady(follower, services, isStopped);
    ReplayProgress progress = new ReplayProgress(total, tally.done(), System.nanoTime());
    long told = System.nanoTime();
    long moved = told;
    while (tally.done() < total) {
      long before = tally.done();
      follower.poll(POLL);
      long now = System.nanoTime();
      progress.at(now, tally.done());
      if (now - told >= TELL_NANOS) {
        say(progress.line(tally.deadLetters()));
        told = now;
      }
      if (tally.done() != before) {
        moved = now;
      } else if (now - moved >= STALL_NANOS) {
        explainStall(services);
        moved = now;
      }
      requireHealthy(services);
      if (isStopped.getAsBoolean()) {
        break;
      }
    }
    say(progress.line(tally.deadLetters()));
    return tally.done() >= total;
  }

  /** The time that services take to start is no rate. */
  private void awaitReady(
      OutputFollower follower, ServiceGroup services, BooleanSupplier isStopped) {
    long told = System.nanoTime();
    while (!services.isReady() && !isStopped.getAsBoolean()) {
      requireHealthy(services);
      follower.poll(POLL);
      if (System.nanoTime() - told >= TELL_NANOS) {
        say("starting: " + String.join(", ", services.complaints()));
        told = System.nanoTime();
      }
    }
  }

  private void requireHealthy(ServiceGroup services) {
    List<String> failures = services.failures();
    if (!failures.isEmpty()) {
      throw new CommandFailure(
          String.join("; ", failures)
              + "; mend that and run `headwater replay --into %s` to go on".formatted(name.name()));
    }
  }

  private void explainStall(ServiceGroup services) {
    say("nothing has come for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(STALL_NANOS)));
    services.complaints().forEach(complaint -> say("  not ready: " + complaint));
    new ReplayBacklog(river, name, plan, topics).lines().forEach(line -> say("  " + line));
    new ReplayGroups(river, name).requireResumable(plan);
  }

  /** Windows follow the insights: waits until they have stopped to change, within reason. */
  private void settle(BooleanSupplier isStopped) {
    ReplayBacklog backlog = new ReplayBacklog(river, name, plan, topics);
    ReplayGroups groups = new ReplayGroups(river, name);
    Duration interval = settings.millis(AggregatorSettings.COMMIT_INTERVAL);
    long commits = COMMITS * PromptCommit.clock(interval).toNanos();
    long begun = System.nanoTime();
    long changed = begun;
    Object last = "";
    while (!isStopped.getAsBoolean()
        && System.nanoTime() - changed < Math.max(SETTLE_NANOS, commits)
        && System.nanoTime() - begun < Math.max(LONGEST_SETTLE_NANOS, commits)) {
      Object now =
          List.of(
              backlog.ends(topics.sentimentWindows().name()),
              groups.committed(name.aggregatorGroup()));
      if (!now.equals(last)) {
        last = now;
        changed = System.nanoTime();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(250);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The plan with its outcome; the first one counts. */
  private ReplayPlan finished(RunTally tally) {
    if (plan.getOutcome() != null) {
      return plan;
    }
    return ReplayPlan.newBuilder(plan)
        .setOutcome(
            new ReplayOutcome(
                Clock.systemUTC().instant(),
                tally.insights(),
                tally.deadLetters(),
                tally.checksum(),
                tally.contentChecksum()))
        .build();
  }

  /** What has finished is not done again: its results are still those, or somebody is told. */
  private void requireUntouched(RunTally tally, BooleanSupplier isStopped) {
    ReplayOutcome before = plan.getOutcome();
    if (before != null
        && !isStopped.getAsBoolean()
        && (tally.done() != total || !tally.checksum().equals(before.getChecksum()))) {
      throw new CommandFailure(
          ("the results of replay %s are not those it finished with: somebody has deleted or written"
                  + " records of its topics")
              .formatted(name.name()));
    }
  }

  private void say(String line) {
    err.println(line);
    err.flush();
  }
}
