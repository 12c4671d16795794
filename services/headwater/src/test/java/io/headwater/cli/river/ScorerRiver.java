package io.headwater.cli.river;

import static org.awaitility.Awaitility.await;

import io.headwater.cli.AllSettings;
import io.headwater.infra.local.LocalInfra;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.TinyGraph;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.ScorerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A scorer alone on a real broker and registry, with a tiny model for each task: two tokens poison
 * that of sentiment, one that of translation. Each run has topics of its own.
 */
final class ScorerRiver implements AutoCloseable {
  /** A segment with this token gets no numbers. */
  static final int NO_NUMBER = 17;

  /** A batch with this token fails. */
  static final int FAILING = 18;

  /** For a translation with this token there are no numbers. */
  static final int UNTRANSLATABLE = 11;

  static final int PARTITIONS = 2;

  private final Settings settings;
  private final LocalInfra infra;
  private final SchemaRegistry registry;
  private int runs;

  private ScorerRiver(Settings settings, LocalInfra infra) {
    this.settings = settings;
    this.infra = infra;
    this.registry = SchemaRegistry.at(infra.registryUrl().toString(), Map.of());
  }

  static ScorerRiver start(Path folder) {
    PackageFolder.good(folder.resolve("models/tiny/1.0.0"))
        .graph(TinyGraph.poisoned(PackageFolder.VOCABULARY, 3, NO_NUMBER, FAILING))
        .describe();
    TranslationFolder.empty(folder.resolve("models/tiny-translation/1.0.0"))
        .merged(TranslationFolder.anyModel().withoutNumbersFor(UNTRANSLATABLE), false)
        .describe();
    Map<String, String> own = new HashMap<>(DemoSettings.overrides(true, folder));
    own.put("models.directory", folder.resolve("models").toString());
    own.put("sentiment.model", "tiny@1.0.0");
    own.put("translation.model", "tiny-translation@1.0.0");
    own.put("execution.provider", "cpu");
    own.put("scorer.engine.threads", "1");
    own.put("scorer.max.poll.records", "64");
    Settings settings =
        SettingsReader.read(AllSettings.definition(), Optional.empty(), Map.of(), own);
    return new ScorerRiver(settings, LocalInfra.start(LocalSettings.infra(settings, folder)));
  }

  SchemaRegistry registry() {
    return registry;
  }

  /** What a run has written. */
  record Output(
      HeadwaterTopics topics,
      List<ConsumerRecord<byte[], byte[]>> scores,
      List<ConsumerRecord<byte[], byte[]>> translations,
      List<ConsumerRecord<byte[], byte[]>> letters) {}

  /** Topics of a run's own, registered. */
  HeadwaterTopics freshTopics() throws InterruptedException, ExecutionException {
    HeadwaterTopics topics = new HeadwaterTopics("run" + runs++ + ".");
    try (Admin admin = Admin.create(kafka(topics).forAdmin())) {
      TopicPlan.of(PARTITIONS, 1).create(admin, topics);
    }
    registry.register(topics.all());
    return topics;
  }

  /** Sends values of sentiment, then lets a scorer read them all. */
  Output run(HeadwaterTopics topics, List<byte[]> values)
      throws InterruptedException, ExecutionException {
    return run(topics, Map.of(HeadwaterTopics.SENTIMENT, values));
  }

  /**
   * Sends values of some tasks, then lets a scorer of both read them all. The nth value of a task
   * is the partition's n/2-th.
   */
  Output run(HeadwaterTopics topics, Map<String, List<byte[]>> values)
      throws InterruptedException, ExecutionException {
    KafkaConnection kafka = kafka(topics);
    for (Map.Entry<String, List<byte[]>> task : values.entrySet()) {
      send(kafka, topics.tokens(task.getKey()).name(), task.getValue());
    }
    try (Telemetry telemetry = Telemetry.of("scorer")) {
      ScorerService scorer = new ScorerService(ScorerConfig.from(settings), kafka, telemetry);
      try {
        scorer.start();
        awaitRead(kafka, topics, values.keySet());
      } finally {
        scorer.close();
      }
    }
    return new Output(
        topics,
        CommittedRecords.of(kafka, topics.sentimentScores().name()),
        CommittedRecords.of(kafka, topics.translations().name()),
        CommittedRecords.of(kafka, topics.deadLetters().name()));
  }

  @SuppressWarnings("NullAway") // Kafka's records take null
  private static void send(KafkaConnection kafka, String topic, List<byte[]> values) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.forProducer(Map.of("acks", "all", "max.request.size", 17 * 1024 * 1024)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, values.get(i)));
      }
    }
  }

  private static void awaitRead(KafkaConnection kafka, HeadwaterTopics topics, Set<String> tasks) {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                for (String task : tasks) {
                  if (!isRead(admin, topics, task)) {
                    return false;
                  }
                }
                return true;
              });
    }
  }

  private static boolean isRead(Admin admin, HeadwaterTopics topics, String task)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(new HeadwaterGroups(topics.prefix()).scorer(task))
            .partitionsToOffsetAndMetadata()
            .get();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TopicPartition tokens = new TopicPartition(topics.tokens(task).name(), partition);
      long end =
          admin
              .listOffsets(Map.of(tokens, OffsetSpec.latest()))
              .partitionResult(tokens)
              .get()
              .offset();
      OffsetAndMetadata offset = committed.get(tokens);
      if (offset == null || offset.offset() < end) {
        return false;
      }
    }
    return true;
  }

  private KafkaConnection kafka(HeadwaterTopics topics) {
    return new KafkaConnection(
        infra.bootstrapServers(),
        infra.registryUrl().toString(),
        topics.prefix(),
        topics.messages().name(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  @Override
  public void close() {
    infra.close();
  }
}
