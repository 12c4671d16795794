package io.headwater.load.river.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.machine.BusyMeter;
import io.headwater.load.river.pipeline.Agreement;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Saturation;
import io.headwater.load.river.pipeline.Seen;
import io.headwater.load.river.pipeline.Steady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/** Measures peers on one topic of messages that is full, one after the other. */
public final class PeerRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final PeerFolder peers;
  private final ProcessGroup processes;
  private final River river;
  private final Place place;
  private final LongToIntFunction tokens;

  /**
   * What all peers have in common.
   *
   * @param input topic of messages
   * @param model folder of the package
   * @param threads for the model
   * @param folder for logs
   */
  public record Place(String input, Path model, int threads, Path folder) {}

  /**
   * Peers beside a river whose services do not run.
   *
   * @param tokens how many the message with that number has
   */
  public PeerRun(
      PeerFolder peers,
      ProcessGroup processes,
      River river,
      Place place,
      LongToIntFunction tokens) {
    this.peers = peers;
    this.processes = processes;
    this.river = river;
    this.place = place;
    this.tokens = tokens;
  }

  /**
   * Measures one. A peer that cannot run or ends is a result too: the others go on.
   *
   * @param labels what the model alone says
   */
  public PeerResult run(String name, Saturation saturation, Map<String, String> labels)
      throws InterruptedException {
    Optional<String> lacks = peers.lacks(name);
    if (lacks.isPresent()) {
      return PeerResult.absent(name, lacks.get());
    }
    String output = "peers.out." + name;
    river.createTopic(output);
    ChildProcess process =
        processes.start(
            "peer-" + name, peers.command(name, options(output)), Map.of(), place.folder());
    try (ResultTap results = new ResultTap(river.bootstrapServers(), output, PeerRun::seen)) {
      if (!Waiting.until(() -> isReady(name) || !process.isAlive(), READY_LIMIT)
          || !process.isAlive()) {
        return PeerResult.absent(name, "it did not get ready: " + lastLine(name));
      }
      return watch(name, process, results, saturation, labels);
    } catch (IllegalStateException e) {
      return PeerResult.absent(name, e.getMessage() + ": " + lastLine(name));
    } finally {
      process.terminate(STOP_LIMIT);
    }
  }

  private PeerResult watch(
      String name,
      ChildProcess process,
      ResultTap results,
      Saturation saturation,
      Map<String, String> labels) {
    Start start = new Start();
    Steady steady =
        saturation.watch(results, seen -> {}, () -> cost(process), () -> start.mark(process));
    double others = start.machine.othersShare(total(process) - start.cpu);
    Agreement agreement = Agreement.of(results.labels(), labels);
    long count =
        steady.results().stream().mapToLong(seen -> tokens.applyAsInt(seen.number())).sum();
    return new PeerResult(name, steady, count, agreement.share(), agreement.compared(), others, "");
  }

  private Map<String, Double> cost(ChildProcess process) {
    return Map.of("peer", seconds(process.treeCpu()), "broker", seconds(river.cluster().cpu()));
  }

  private double total(ChildProcess process) {
    return cost(process).values().stream().mapToDouble(each -> each).sum();
  }

  private List<String> options(String output) {
    return List.of(
        "--bootstrap-servers",
        river.bootstrapServers(),
        "--registry",
        river.registryUrl(),
        "--input",
        place.input(),
        "--output",
        output,
        "--model",
        place.model().toString(),
        "--threads",
        Integer.toString(
            place.threads() == 0 ? Runtime.getRuntime().availableProcessors() : place.threads()));
  }

  private boolean isReady(String name) {
    return lines(name).contains("READY");
  }

  private String lastLine(String name) {
    return lines(name).stream()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("it wrote nothing");
  }

  private List<String> lines(String name) {
    try {
      return Files.readAllLines(place.folder().resolve("peer-" + name + ".log"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Seen seen(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      return new Seen(Traffic.number(json.path("id").asText()), json.path("label").asText());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("its result cannot be read", e);
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** What had been used when the window began. */
  private final class Start {
    private BusyMeter machine = new BusyMeter();
    private double cpu;

    void mark(ChildProcess process) {
      machine = new BusyMeter();
      cpu = total(process);
    }
  }
}
