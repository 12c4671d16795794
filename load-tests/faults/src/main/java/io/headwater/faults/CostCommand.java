package io.headwater.faults;

import static java.util.Objects.requireNonNull;

import io.headwater.faults.cluster.CommittedReader;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.fleet.Fleet;
import io.headwater.faults.fleet.FleetSettings;
import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Folders;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code load-tests/faults/run cost}: what a message costs each part of the river, with the models
 * that ship. Nothing is broken here. Processor time is counted, not wall time, so that a busy
 * machine changes little.
 */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = {
      "Send a file through the river twice, and tell for the second time what each part of it cost:",
      "processor time, memory, bytes in Kafka.",
      "Exit codes: 0 done; 2 wrong command line; 3 could not run."
    })
final class CostCommand implements Callable<Integer> {
  private static final String PREFIX = "cost.";
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics(PREFIX);
  private static final int PARTITIONS = 4;
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration DONE_LIMIT = Duration.ofMinutes(30);

  @Spec private CommandSpec spec;

  @ParentCommand private @Nullable SuiteCommand suite;

  @Option(
      names = "--file",
      required = true,
      description = "Messages, in any form that headwater send takes.")
  private Path file = Path.of("");

  @Option(
      names = "--sentiment-model",
      defaultValue = "sentiment-e5-small-v2@1.3.0",
      description = "Default: ${DEFAULT-VALUE}.")
  private String sentiment = "";

  @Option(
      names = "--translation-model",
      description = "Default: none, so that nothing is translated.")
  private Optional<String> translation = Optional.empty();

  @Option(names = "--heap", defaultValue = "512m", description = "Default: ${DEFAULT-VALUE}.")
  private String heap = "";

  @Override
  public Integer call() throws Exception {
    Path dist = requireNonNull(suite, "suite").product();
    Path home = Files.createTempDirectory("headwater-cost-");
    try (ProcessGroup processes = ProcessGroup.create();
        RegistryServer registry = RegistryServer.start(dist, home.resolve("registry"));
        KafkaCluster cluster = KafkaCluster.start(processes, home.resolve("kafka"), 1)) {
      try (Admin admin = cluster.admin()) {
        TopicPlan.of(PARTITIONS, 1).create(admin, TOPICS);
      }
      SchemaRegistry.at(registry.url(), Map.of()).register(TOPICS.all());
      Fleet fleet = new Fleet(processes, settings(dist, home, cluster, registry));
      Stream.of(Role.values()).forEach(role -> fleet.add(role).start());
      fleet.awaitReady(START_LIMIT);
      River river = new River(processes, dist, home, cluster, registry);
      long first = pass(river, 0);
      Map<String, Duration> cpuBefore = cpu(cluster, fleet);
      Map<String, Long> bytesBefore = cluster.topicBytes(PREFIX);
      long begun = System.nanoTime();
      long messages = pass(river, first) - first;
      double seconds = (System.nanoTime() - begun) / 1e9;
      report(messages, seconds, cluster, fleet, cpuBefore, bytesBefore);
      fleet.terminate();
    } finally {
      Folders.delete(home);
    }
    return 0;
  }

  /** Where the river is, for a sender. */
  private record River(
      ProcessGroup processes,
      Path dist,
      Path home,
      KafkaCluster cluster,
      RegistryServer registry) {}

  private FleetSettings settings(
      Path dist, Path home, KafkaCluster cluster, RegistryServer registry) {
    Map<String, String> further = new LinkedHashMap<>();
    translation.ifPresent(model -> further.put("translation.model", model));
    return new FleetSettings(
        dist,
        home,
        cluster.bootstrapServers(),
        registry.url(),
        PREFIX,
        dist.resolve("models"),
        sentiment,
        Duration.ofSeconds(45),
        further,
        // As in production: with the second compiler, which the fault tests do without.
        List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=4"));
  }

  /**
   * Sends the file, and waits until all of it has come out.
   *
   * @param before insights that were there already
   * @return insights that are there now
   */
  private long pass(River river, long before) throws InterruptedException {
    ChildProcess send =
        river
            .processes()
            .start(
                "send",
                Jvm.headwater(
                    river.dist(),
                    List.of(),
                    List.of(
                        "send",
                        file.toAbsolutePath().toString(),
                        "--no-progress",
                        "--bootstrap-servers",
                        river.cluster().bootstrapServers(),
                        "--schema-registry-url",
                        river.registry().url(),
                        "--set",
                        "topics.prefix=" + PREFIX)),
                Map.of(),
                river.home());
    if (!Waiting.until(() -> !send.isAlive(), DONE_LIMIT) || send.exitCode() != 0) {
      throw new IllegalStateException("headwater send failed: see send.log in " + river.home());
    }
    try (Counted insights = new Counted(river.cluster(), TOPICS.insights().name());
        Counted sent = new Counted(river.cluster(), TOPICS.messages().name())) {
      long goal = sent.records();
      if (goal <= before) {
        throw new IllegalStateException("There is no message in " + file);
      }
      if (!Waiting.until(() -> insights.records() >= goal, DONE_LIMIT)) {
        throw new IllegalStateException("Not all messages came out");
      }
      return goal;
    }
  }

  private static Map<String, Duration> cpu(KafkaCluster cluster, Fleet fleet) {
    Map<String, Duration> used = new LinkedHashMap<>();
    used.put("broker", cluster.cpu());
    fleet.all().forEach(service -> used.put(service.role().service(), service.cpu()));
    return used;
  }

  private void report(
      long messages,
      double seconds,
      KafkaCluster cluster,
      Fleet fleet,
      Map<String, Duration> cpuBefore,
      Map<String, Long> bytesBefore)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Long> memory = new LinkedHashMap<>();
    memory.put("broker", cluster.residentBytes());
    for (ServiceProcess service : fleet.all()) {
      memory.put(service.role().service(), service.residentBytes());
    }
    out.printf("%d messages in %.1f s%n", messages, seconds);
    out.printf("%-12s %22s %14s%n", "", "CPU s/1,000 messages", "resident MiB");
    cpu(cluster, fleet)
        .forEach(
            (part, used) ->
                out.printf(
                    "%-12s %22.2f %14d%n",
                    part,
                    used.minus(cpuBefore.getOrDefault(part, Duration.ZERO)).toMillis()
                        / (double) messages,
                    memory.getOrDefault(part, 0L) >> 20));
    out.printf("%n%-26s %14s%n", "topic", "bytes/message");
    cluster
        .topicBytes(PREFIX)
        .forEach(
            (topic, bytes) -> {
              long grown = bytes - bytesBefore.getOrDefault(topic, 0L);
              if (grown > 0) {
                out.printf("%-26s %14.0f%n", topic, grown / (double) messages);
              }
            });
    out.flush();
  }

  /** Counts the committed records of a topic, reading on from where it was. */
  private static final class Counted implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long records;

    Counted(KafkaCluster cluster, String topic) {
      consumer = CommittedReader.of(cluster.bootstrapServers(), topic);
    }

    /** Records up to the present end. */
    long records() {
      var end = consumer.endOffsets(consumer.assignment());
      while (end.entrySet().stream()
          .anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
        records += consumer.poll(Duration.ofMillis(200)).count();
      }
      return records;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
