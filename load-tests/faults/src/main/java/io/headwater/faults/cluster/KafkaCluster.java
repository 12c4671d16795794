package io.headwater.faults.cluster;

import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.FreePorts;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;

/** A Kafka cluster on this machine, each broker a process that can be killed and started again. */
public final class KafkaCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final ProcessGroup processes;
  private final Path folder;
  private final BrokerSettings settings;
  private final List<String> jvm;
  private final String id = Uuid.randomUuid().toString();
  private final List<ChildProcess> brokers = new ArrayList<>();

  private KafkaCluster(
      ProcessGroup processes, Path folder, BrokerSettings settings, List<String> jvm) {
    this.processes = processes;
    this.folder = folder;
    this.settings = settings;
    this.jvm = List.copyOf(jvm);
  }

  /** Starts so many brokers in an empty folder, and returns once clients can use all of them. */
  public static KafkaCluster start(ProcessGroup processes, Path folder, int size)
      throws InterruptedException {
    return start(processes, folder, size, List.of());
  }

  /**
   * The same with more options for the brokers' JVMs, such as those that a measurement wants.
   *
   * @param jvm they win over the suite's own
   */
  public static KafkaCluster start(ProcessGroup processes, Path folder, int size, List<String> jvm)
      throws InterruptedException {
    KafkaCluster cluster =
        new KafkaCluster(processes, folder, new BrokerSettings(ports(size), ports(size)), jvm);
    for (int node = 0; node < size; node++) {
      cluster.brokers.add(cluster.launch(node));
    }
    cluster.awaitNodes(size);
    return cluster;
  }

  private static List<Integer> ports(int size) {
    return IntStream.range(0, size).map(unused -> FreePorts.next()).boxed().toList();
  }

  public int size() {
    return brokers.size();
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** An admin client, the caller's to close. */
  public Admin admin() {
    return Admin.create(
        Map.of("bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", "30000"));
  }

  /** {@code kill -9} of one broker. */
  public void kill(int node) {
    brokers.get(node).kill();
  }

  /** Starts a killed broker on its ports and its folder; returns once the cluster has it again. */
  public void restart(int node) throws InterruptedException {
    brokers.set(node, launch(node));
    awaitNodes(brokers.size());
  }

  /** Waits until every partition has all its copies again. */
  public void awaitCopies() throws InterruptedException {
    try (Admin admin = admin()) {
      if (!Waiting.until(() -> hasAllCopies(admin), START_LIMIT)) {
        throw new IllegalStateException(
            "Partitions lack copies after %d s".formatted(START_LIMIT.toSeconds()));
      }
    }
  }

  private static boolean hasAllCopies(Admin admin) {
    try {
      var names =
          admin
              .listTopics(new ListTopicsOptions().listInternal(true))
              .names()
              .get(10, TimeUnit.SECONDS);
      return admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS).values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The processor time that all brokers have used. */
  public Duration cpu() {
    return brokers.stream().map(ChildProcess::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** Resident memory of all brokers. */
  public long residentBytes() {
    return brokers.stream().mapToLong(ChildProcess::residentBytes).sum();
  }

  /** Bytes of the records of all brokers' copies, by topic without its prefix. */
  public Map<String, Long> topicBytes(String prefix)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Map<String, Long> bytes = new TreeMap<>();
      admin
          .describeLogDirs(IntStream.rangeClosed(1, brokers.size()).boxed().toList())
          .allDescriptions()
          .get()
          .values()
          .forEach(
              folders ->
                  folders
                      .values()
                      .forEach(
                          known ->
                              known
                                  .replicaInfos()
                                  .forEach(
                                      (partition, copy) -> {
                                        if (partition.topic().startsWith(prefix)) {
                                          bytes.merge(
                                              partition.topic().substring(prefix.length()),
                                              copy.size(),
                                              Long::sum);
                                        }
                                      })));
      return bytes;
    }
  }

  /** Brokers that ended although nobody killed them. */
  public List<String> died() {
    return brokers.stream().filter(ChildProcess::diedByItself).map(ChildProcess::name).toList();
  }

  @Override
  public void close() {
    brokers.forEach(ChildProcess::kill);
  }

  private ChildProcess launch(int node) {
    String name = "broker-" + (node + 1);
    Path home = folder.resolve(name);
    try {
      Files.createDirectories(home);
      Path file = home.resolve("server.properties");
      Properties properties = new Properties();
      properties.putAll(settings.of(node, home.resolve("data")));
      try (Writer out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
      List<String> options = new ArrayList<>(List.of("-Xmx512m", "-Dfaults.log=INFO"));
      options.addAll(jvm);
      options.addAll(List.of("-cp", System.getProperty("java.class.path")));
      return processes.start(
          name,
          Jvm.command(options, BrokerMain.class.getName(), List.of(file.toString(), id)),
          Map.of(),
          home);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + name, e);
    }
  }

  private void awaitNodes(int expected) throws InterruptedException {
    try (Admin admin = admin()) {
      if (!Waiting.until(() -> nodes(admin) == expected, START_LIMIT)) {
        throw new IllegalStateException(
            "The cluster has not %d brokers after %d s: see the logs in %s"
                .formatted(expected, START_LIMIT.toSeconds(), folder));
      }
    }
  }

  private static int nodes(Admin admin) {
    try {
      return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size();
    } catch (ExecutionException | TimeoutException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
