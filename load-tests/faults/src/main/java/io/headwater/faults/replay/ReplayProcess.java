package io.headwater.faults.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** {@code headwater replay} as a process that is killed again and again until it may finish. */
public final class ReplayProcess {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);
  private static final int CANNOT_RUN = 3;
  private static final int MOST_REFUSALS = 30;

  private final ProcessGroup processes;
  private final KafkaCluster cluster;
  private final Place place;
  private final Variation variation;

  /** Where things are. */
  public record Place(Path dist, Path folder, Path models, String model, String registryUrl) {}

  public ReplayProcess(
      ProcessGroup processes, KafkaCluster cluster, Place place, Variation variation) {
    this.processes = processes;
    this.cluster = cluster;
    this.place = place;
    this.variation = variation;
  }

  /**
   * Runs it to its end.
   *
   * @param messages in its topic
   * @param kills so many {@code kill -9}, each after another share of the insights is there
   * @return its report
   */
  public JsonNode run(long messages, int kills) throws InterruptedException, IOException {
    try (Admin admin = cluster.admin()) {
      for (int kill = 1; kill <= kills; kill++) {
        long goal = messages * kill / (kills + 1);
        started(() -> insights(admin) >= goal).kill();
      }
    }
    ChildProcess last = started(() -> false);
    if (last.isAlive() || last.exitCode() != 0) {
      last.kill();
      throw new IllegalStateException(
          "Replay %s did not finish: see its log in %s".formatted(variation.name(), folder()));
    }
    return new ObjectMapper().readTree(report().toFile());
  }

  /**
   * Starts it, and waits until the condition holds or it has ended. One that was killed a moment
   * ago is still a member of its groups, and the command refuses to run beside it: then it is tried
   * again.
   */
  private ChildProcess started(BooleanSupplier enough) throws InterruptedException {
    ChildProcess process = launch();
    for (int refusals = 0; refusals < MOST_REFUSALS; refusals++) {
      ChildProcess running = process;
      Waiting.until(() -> !running.isAlive() || enough.getAsBoolean(), LIMIT);
      if (process.isAlive() || process.exitCode() != CANNOT_RUN) {
        return process;
      }
      Waiting.until(() -> false, BETWEEN_TRIES);
      process = launch();
    }
    return process;
  }

  private ChildProcess launch() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--topic",
                variation.topic(),
                "--into",
                variation.name(),
                "--model",
                place.model(),
                "--report",
                report().toString(),
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry-url",
                place.registryUrl(),
                "--set",
                "models.directory=" + place.models(),
                "--set",
                "state.directory=" + folder().resolve("state")));
    arguments.addAll(variation.settings());
    return processes.start(
        "replay", Jvm.headwater(place.dist(), List.of("-Xmx512m"), arguments), Map.of(), folder());
  }

  /** Offsets of the insights so far: markers of transactions count, which does not matter here. */
  private long insights(Admin admin) {
    try {
      String topic = "replay.%s.insights".formatted(variation.name());
      if (!admin.listTopics().names().get().contains(topic)) {
        return 0;
      }
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int partition = 0; partition < variation.partitions(); partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(result -> result.offset())
          .sum();
    } catch (ExecutionException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private Path report() {
    return folder().resolve("report.json");
  }

  private Path folder() {
    return place.folder().resolve("replay-" + variation.name());
  }
}
