package io.headwater.faults.scenario;

import io.headwater.faults.check.Checker;
import io.headwater.faults.check.InsightReader;
import io.headwater.faults.check.RecoveryLog;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.fleet.Fleet;
import io.headwater.faults.fleet.FleetSettings;
import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.faults.model.Expected;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import io.headwater.faults.traffic.Sender;
import io.headwater.faults.traffic.Texts;
import io.headwater.faults.traffic.Traffic;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs one scenario: a river of its own on fresh topics, traffic, the script, and then the account
 * of every message, read once no service writes any more.
 */
public final class ScenarioRunner {
  private static final int PARTITIONS = 4;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STALLED = Duration.ofMinutes(2);

  private final Surroundings around;
  private final Pace pace;
  private final long seed;

  /**
   * What all scenarios share.
   *
   * @param texts of all messages
   * @param reference what the model says of each
   */
  public record Surroundings(
      ProcessGroup processes,
      RegistryServer registry,
      Path dist,
      Path folder,
      Path models,
      Texts texts,
      IntFunction<Expected> reference) {}

  public ScenarioRunner(Surroundings around, Pace pace, long seed) {
    this.around = around;
    this.pace = pace;
    this.seed = seed;
  }

  /** Runs it on a cluster that has what it needs. */
  public ScenarioResult run(Scenario scenario, KafkaCluster cluster) throws Exception {
    long begun = System.nanoTime();
    HeadwaterTopics topics = new HeadwaterTopics(scenario.name() + ".");
    SchemaRegistry registry = SchemaRegistry.at(around.registry().url(), Map.of());
    layBed(cluster, topics, registry);
    Fleet fleet = new Fleet(around.processes(), settings(scenario, cluster, topics));
    scenario.fleet().forEach(role -> fleet.add(role).start());
    Traffic traffic = new Traffic(scenario.name(), seed, Instant.now(), around.texts());
    Checker checker = new Checker(traffic, around.reference());
    fleet.awaitReady(START_LIMIT);
    RecoveryLog recoveries = new RecoveryLog(System.nanoTime());
    try (Sender sender =
            new Sender(
                traffic,
                registry.encoder(topics.messages()),
                topics.messages().name(),
                cluster.bootstrapServers());
        InsightReader reader =
            new InsightReader(checker, recoveries, registry, topics, cluster.bootstrapServers())) {
      Stage stage =
          new Stage(
              new Stage.Parts(cluster, around.registry(), fleet, sender, checker, recoveries),
              pace,
              new Random(seed ^ scenario.name().hashCode()));
      return play(scenario, stage, reader, begun);
    } finally {
      fleet.kill();
    }
  }

  private static void layBed(KafkaCluster cluster, HeadwaterTopics topics, SchemaRegistry registry)
      throws InterruptedException, ExecutionException {
    try (Admin admin = cluster.admin()) {
      TopicPlan.of(PARTITIONS, cluster.size()).create(admin, topics);
    }
    registry.register(topics.all());
  }

  private FleetSettings settings(Scenario scenario, KafkaCluster cluster, HeadwaterTopics topics) {
    List<String> jvm = new ArrayList<>(List.of("-Xmx256m"));
    jvm.addAll(scenario.jvm());
    return new FleetSettings(
        around.dist(),
        around.folder().resolve(scenario.name()),
        cluster.bootstrapServers(),
        around.registry().url(),
        topics.prefix(),
        around.models(),
        scenario.model(),
        pace.session(),
        pace.settings(),
        jvm);
  }

  private ScenarioResult play(Scenario scenario, Stage stage, InsightReader reader, long begun)
      throws Exception {
    Sender sender = stage.sender();
    reader.start();
    long first = System.nanoTime();
    sender.start(scenario.ownsTraffic() ? 0 : pace.rate());
    scenario.run(stage);
    if (!scenario.ownsTraffic()) {
      while (sender.sent() < pace.messages() && sender.failure().isEmpty()) {
        stage.pause(0.05);
      }
    }
    sender.finish();
    awaitAnswers(stage, reader);
    double drain = Math.max(0, reader.lastInsightAt() - sender.lastSentAt()) / 1e9;
    double seconds = (reader.lastInsightAt() - first) / 1e9;
    stage.fleet().terminate();
    reader.finish();
    requireSound(sender, reader);
    List<String> broken = new ArrayList<>(stage.brokenPromises());
    broken.addAll(stage.fleet().complaints());
    stage.cluster().died().forEach(broker -> broken.add(broker + " ended by itself"));
    return new ScenarioResult(
        scenario.name(),
        stage.verdict(),
        stage.recoveries(),
        drain,
        stage.answered() / Math.max(seconds, 0.001),
        (System.nanoTime() - begun) / 1e9,
        broken,
        stage.notes());
  }

  /**
   * Until all are answered and counted in windows, or nothing has come for so long that nothing
   * will.
   */
  private static void awaitAnswers(Stage stage, InsightReader reader) throws InterruptedException {
    long since = System.nanoTime();
    while (!stage.isComplete()
        && reader.failure().isEmpty()
        && System.nanoTime() - Math.max(since, reader.lastInsightAt()) < STALLED.toNanos()) {
      Waiting.until(stage::isComplete, Duration.ofSeconds(1));
    }
    for (ServiceProcess service : stage.fleet().all()) {
      if (service.lives() > 0 && service.isAlive() && !service.isReady()) {
        stage.note(service.name() + " was not ready at the end");
      }
    }
  }

  private static void requireSound(Sender sender, InsightReader reader) {
    sender
        .failure()
        .ifPresent(
            e -> {
              throw new IllegalStateException("The suite could not send: " + e, e);
            });
    reader
        .failure()
        .ifPresent(
            e -> {
              throw new IllegalStateException("The suite could not read: " + e, e);
            });
  }
}
