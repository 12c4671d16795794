package io.headwater.load.river.pipeline;

import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.fleet.Fleet;
import io.headwater.faults.fleet.FleetSettings;
import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One broker, one registry and, while they are wanted, one process of each service. Closing it ends
 * all of them.
 */
public final class River implements AutoCloseable {
  /** As {@code headwater up} makes them. */
  static final int PARTITIONS = 4;

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration SESSION = Duration.ofSeconds(45);

  private static final String FULL_COMPILER = "-XX:TieredStopAtLevel=4";

  private static final int FEW_PROCESSORS = 8;

  private final ProcessGroup processes;
  private final RiverPlan plan;
  private final KafkaCluster cluster;
  private final RegistryServer registryServer;
  private final SchemaRegistry registry;
  private int lives;

  private River(
      ProcessGroup processes, RiverPlan plan, KafkaCluster cluster, RegistryServer registry) {
    this.processes = processes;
    this.plan = plan;
    this.cluster = cluster;
    this.registryServer = registry;
    this.registry = SchemaRegistry.at(registry.url(), Map.of());
  }

  /** Broker and registry, and no service. */
  public static River start(ProcessGroup processes, RiverPlan plan) throws InterruptedException {
    RegistryServer registry = RegistryServer.start(plan.dist(), plan.folder().resolve("registry"));
    try {
      return new River(
          processes,
          plan,
          KafkaCluster.start(processes, plan.folder().resolve("kafka"), 1, List.of(compiler())),
          registry);
    } catch (RuntimeException | InterruptedException e) {
      registry.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  public String registryUrl() {
    return registryServer.url();
  }

  public KafkaCluster cluster() {
    return cluster;
  }

  /** Lays the bed of a river of its own, and starts its services; returns once all are ready. */
  public Services services(Map<String, String> settings) throws InterruptedException {
    String prefix = "load" + ++lives + ".";
    HeadwaterTopics topics = new HeadwaterTopics(prefix);
    try (Admin admin = cluster.admin()) {
      TopicPlan.of(PARTITIONS, 1).create(admin, topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics cannot be made", e);
    }
    registry.register(topics.all());
    Fleet fleet = new Fleet(processes, settings(prefix, settings));
    Stream.of(Role.values()).forEach(role -> fleet.add(role).start());
    fleet.awaitReady(START_LIMIT);
    List<String> complaints = fleet.complaints();
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(
          "%s: see the logs in %s".formatted(String.join("; ", complaints), plan.folder()));
    }
    return new Services(topics, fleet);
  }

  /** A topic with as many partitions as the river's. */
  public void createTopic(String name) throws InterruptedException {
    try (Admin admin = cluster.admin()) {
      admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topic %s cannot be made".formatted(name), e);
    }
  }

  /** A topic of messages, with so many in it. */
  public void fill(String name, Traffic traffic, long messages) throws InterruptedException {
    createTopic(name);
    registry.register(List.of(new Topic<>(name, Message.class)));
    try (Feed feed = new Feed(traffic, name, encoder(name), bootstrapServers())) {
      feed.upTo(messages);
      feed.flush();
    }
  }

  /**
   * Waits until a topic is there that someone else makes.
   *
   * @param still whether that can still be
   */
  public void awaitTopic(String name, Duration limit, BooleanSupplier still)
      throws InterruptedException {
    try (Admin admin = cluster.admin()) {
      Waiting.until(() -> isThere(admin, name) || !still.getAsBoolean(), limit);
      if (!isThere(admin, name)) {
        throw new IllegalStateException("The topic %s did not come".formatted(name));
      }
    }
  }

  private static boolean isThere(Admin admin, String name) {
    try {
      return admin.listTopics().names().get().contains(name);
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes messages for such a topic. */
  public RecordEncoder<Message> encoder(String topic) {
    return registry.encoder(new Topic<>(topic, Message.class));
  }

  /** Insights of any river with that prefix, from now on; its topics must be there. */
  public ResultTap insights(String prefix) {
    Topic<Insight> topic = new HeadwaterTopics(prefix).insights();
    return new ResultTap(bootstrapServers(), topic.name(), seen(registry.decoder(topic)));
  }

  /** The JVM option with which the script {@code headwater} starts broker and services here. */
  public static String compiler() {
    return hasFewProcessors() ? "-XX:TieredStopAtLevel=1" : FULL_COMPILER;
  }

  private static boolean hasFewProcessors() {
    return Runtime.getRuntime().availableProcessors() < FEW_PROCESSORS;
  }

  private FleetSettings settings(String prefix, Map<String, String> more) {
    Map<String, String> further = new HashMap<>();
    further.put("scorer.engine.threads", Integer.toString(plan.threads()));
    further.put("scorer.tasks", "sentiment");
    // The corpus is English; what the detector takes for another language costs as much.
    further.put("tokenizer.score.other.languages", "true");
    // Texts come again before long: a river that knows them would be measured on its memory.
    further.put("scorer.cache.tokens", "0");
    further.putAll(more);
    further.putAll(plan.settings());
    List<String> jvm = new ArrayList<>(List.of("-Xms64m", "-Xmx512m", compiler()));
    if (hasFewProcessors() && plan.jvm().stream().noneMatch(option -> option.endsWith("GC"))) {
      jvm.add("-XX:+UseSerialGC");
    }
    jvm.addAll(plan.jvm());
    return new FleetSettings(
        plan.dist(),
        plan.folder().resolve(prefix + "services"),
        bootstrapServers(),
        registryUrl(),
        prefix,
        plan.models(),
        plan.model(),
        SESSION,
        further,
        jvm);
  }

  @Override
  public void close() {
    cluster.close();
    registryServer.close();
  }

  /** The services of one river, with its topics; closing ends them. */
  public final class Services implements AutoCloseable {
    private final HeadwaterTopics topics;
    private final Fleet fleet;

    Services(HeadwaterTopics topics, Fleet fleet) {
      this.topics = topics;
      this.fleet = fleet;
    }

    /** What feeds them. */
    public Feed feed(Traffic traffic) {
      return new Feed(traffic, topics.messages().name(), encoder(), River.this.bootstrapServers());
    }

    /** The same for messages from a number on. */
    public Feed feed(Traffic traffic, long from) {
      Feed feed = feed(traffic);
      feed.beginAt(from);
      return feed;
    }

    /** Where Kafka is. */
    public String bootstrapServers() {
      return River.this.bootstrapServers();
    }

    /** Writes messages for them. */
    public RecordEncoder<Message> encoder() {
      return registry.encoder(topics.messages());
    }

    /** Name of their topic of messages. */
    public String messages() {
      return topics.messages().name();
    }

    /** Their insights, from now on. */
    public ResultTap insights() {
      return River.this.insights(topics.prefix());
    }

    /** Processor seconds that each service and the broker have used. */
    public Map<String, Double> cost() {
      Map<String, Double> used = new HashMap<>();
      used.put("broker", seconds(cluster.cpu()));
      for (ServiceProcess service : fleet.all()) {
        used.put(service.role().service(), seconds(service.cpu()));
      }
      return used;
    }

    /** A service. */
    public ServiceProcess of(Role role) {
      return fleet.first(role);
    }

    /** Resident memory of each service and the broker. */
    public Map<String, Long> residentBytes() {
      Map<String, Long> resident = new HashMap<>();
      resident.put("broker", cluster.residentBytes());
      for (Role role : Role.values()) {
        resident.put(role.service(), of(role).residentBytes());
      }
      return resident;
    }

    /** What any of them did that it must not do. */
    public List<String> complaints() {
      return fleet.complaints();
    }

    @Override
    public void close() {
      try {
        fleet.terminate();
      } catch (InterruptedException e) {
        fleet.kill();
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Function<byte[], Seen> seen(RecordDecoder<Insight> decoder) {
    return bytes -> {
      if (decoder.decode(bytes) instanceof Decoded.Healthy<Insight> healthy) {
        Insight insight = healthy.value();
        SentimentScore score = insight.getSentiment();
        return new Seen(
            Traffic.number(insight.getMessageId()), score == null ? "none" : score.getLabel());
      }
      throw new IllegalStateException("An insight cannot be read");
    };
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
