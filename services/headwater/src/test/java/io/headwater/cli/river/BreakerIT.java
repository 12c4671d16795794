package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.avro.DeadLetter;
import io.headwater.cli.AllSettings;
import io.headwater.infra.local.LocalInfra;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real tokenizer before a topic that somebody fills with something else. */
class BreakerIT {
  private static final int GARBAGE = 400;
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");

  @TempDir private static Path folder;
  private static LocalInfra infra;
  private static SchemaRegistry registry;

  @BeforeAll
  static void startTheBroker() throws Exception {
    Settings settings = settings(Map.of());
    infra = LocalInfra.start(LocalSettings.infra(settings, folder));
    registry = SchemaRegistry.at(infra.registryUrl().toString(), Map.of());
    try (Admin admin = Admin.create(kafka(settings).forAdmin())) {
      TopicPlan.of(1, 1).create(admin, TOPICS);
    }
    registry.register(TOPICS.all());
  }

  @AfterAll
  static void stopTheBroker() {
    if (infra != null) {
      infra.close();
    }
  }

  @Test
  void aTopicFullOfSomethingElseIsNotEmptiedIntoTheDeadLettersUntilTheOperatorSaysSo() {
    // given healthy messages around a row of records that are no messages at all
    send();

    // when the tokenizer meets them, and tries a few times
    Settings usual = settings(Map.of("breaker.window", "50", "breaker.pause.ms", "1500"));
    try (RunningService tokenizer = RunningService.start("tokenizer", usual, kafka(usual))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> tokenizer.complaint().contains("reading has stopped"));
      assertThat(tokenizer.isReady()).isFalse();
      assertThat(tokenizer.hasFailed()).isFalse();
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(30))
          .until(() -> letters().size() < GARBAGE / 2);
    }
    // What is in the transaction that opens the breaker is given up, the healthy records too.
    assertThat(tokens()).isLessThanOrEqualTo(5);

    // then it goes on when it is told to let them pass, and every record is accounted for once
    Settings told = settings(Map.of("breaker.window", "0"));
    try (RunningService tokenizer = RunningService.start("tokenizer", told, kafka(told))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> tokens() == 10);
    }
    assertThat(letters())
        .hasSize(GARBAGE)
        .extracting(letter -> letter.getOffset())
        .doesNotHaveDuplicates();
  }

  private static void send() {
    RecordEncoder<io.headwater.avro.Message> encoder = registry.encoder(TOPICS.messages());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka(settings(Map.of())).forProducer(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        values.add(encoder.encode(TestRiver.message("before-" + i, "What a lovely day.")));
      }
      for (int i = 0; i < GARBAGE; i++) {
        values.add(("something else " + i).getBytes(StandardCharsets.UTF_8));
      }
      for (int i = 0; i < 5; i++) {
        values.add(encoder.encode(TestRiver.message("after-" + i, "What a lovely day.")));
      }
      values.forEach(
          value -> {
            var unused = producer.send(new ProducerRecord<>(TOPICS.messages().name(), value));
          });
    }
  }

  private static long tokens() {
    return committed(TOPICS.tokens(HeadwaterTopics.SENTIMENT).name()).size();
  }

  private static List<DeadLetter> letters() {
    RecordDecoder<DeadLetter> decoder = registry.decoder(TOPICS.deadLetters());
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(TOPICS.deadLetters().name())) {
      if (decoder.decode(record.value()) instanceof Decoded.Healthy<DeadLetter> healthy) {
        letters.add(healthy.value());
      }
    }
    return letters;
  }

  private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    return CommittedRecords.of(kafka(settings(Map.of())), topic);
  }

  private static KafkaConnection kafka(Settings settings) {
    return infra == null
        ? KafkaConnection.from(settings)
        : KafkaConnection.from(settings)
            .reaching(infra.bootstrapServers(), infra.registryUrl().toString());
  }

  private static Settings settings(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(DemoSettings.overrides(true, folder));
    all.putAll(own);
    return SettingsReader.read(AllSettings.definition(), Optional.empty(), Map.of(), all);
  }
}
