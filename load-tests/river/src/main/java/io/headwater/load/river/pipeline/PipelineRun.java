package io.headwater.load.river.pipeline;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.machine.BusyMeter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;

/** Measures a river at saturation. */
public final class PipelineRun {
  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

  private final River.Services services;
  private final Traffic traffic;
  private final LongToIntFunction tokens;
  private final int inFlight;

  /**
   * Of services that run.
   *
   * @param tokens how many the message with that number has
   * @param inFlight messages that are kept in the river
   */
  public PipelineRun(
      River.Services services, Traffic traffic, LongToIntFunction tokens, int inFlight) {
    this.services = services;
    this.traffic = traffic;
    this.tokens = tokens;
    this.inFlight = inFlight;
  }

  /** Runs it, and waits until the river is empty again. */
  public PipelineResult run(Saturation saturation) {
    try (Feed feed = services.feed(traffic);
        ResultTap insights = services.insights()) {
      Start start = new Start();
      AtomicLong seenInAll = new AtomicLong();
      Steady steady =
          saturation.watch(
              insights,
              seen -> {
                seenInAll.set(seen);
                feed.upTo(seen + inFlight);
              },
              services::cost,
              start::mark);
      PipelineResult result = result(steady, start);
      insights.awaitMore(feed.next() - seenInAll.get());
      return result.with(insights.labels(), insights.repeated());
    }
  }

  private PipelineResult result(Steady steady, Start start) {
    ScorerCounters counters = ScorerCounters.of(services.of(Role.SCORER)).since(start.counters());
    double total = total(services.cost()) - start.cpu;
    // Counters go from mark to now, the steady part is a little shorter.
    double messages = steady.messagesPerSecond() * start.seconds();
    double others = start.others(total);
    Map<String, Double> allocated = new HashMap<>();
    allocated()
        .forEach(
            (role, bytes) ->
                allocated.put(
                    role.service(), (bytes - start.allocated.getOrDefault(role, 0.0)) / messages));
    long tokenCount =
        steady.results().stream().mapToLong(seen -> tokens.applyAsInt(seen.number())).sum();
    return new PipelineResult(
        steady,
        tokenCount,
        counters,
        total,
        services.residentBytes(),
        allocated,
        others,
        Map.of(),
        0);
  }

  private Map<Role, Double> allocated() {
    Map<Role, Double> bytes = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      bytes.put(role, ServiceProcess.sum(services.of(role).metrics(), ALLOCATED));
    }
    return bytes;
  }

  private static double total(Map<String, Double> cost) {
    return cost.values().stream().mapToDouble(each -> each).sum();
  }

  /** What had been counted when the window began. */
  private final class Start {
    private ScorerCounters counters = new ScorerCounters(0, 0, 0, 0, 0, 0);
    private Map<Role, Double> allocated = Map.of();
    private double cpu;
    private BusyMeter machine = new BusyMeter();

    void mark() {
      counters = ScorerCounters.of(services.of(Role.SCORER));
      allocated = allocated();
      cpu = total(services.cost());
      machine = new BusyMeter();
    }

    ScorerCounters counters() {
      return counters;
    }

    double seconds() {
      return machine.seconds();
    }

    double others(double ours) {
      return machine.othersShare(ours);
    }
  }
}
