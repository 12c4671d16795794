package io.headwater.load.river.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Message;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A loop as the scorer's (poll, sort, batch, score, send, commit), in one process from messages to
 * labels, with a switch that the product does not have: with transactions or without. Started as a
 * peer is.
 */
public final class DeliveryMain {
  /** Results and offsets in one transaction for each poll. */
  public static final String EXACTLY_ONCE = "loop-exactly-once";

  /** Results are flushed and then offsets are committed, for each poll. */
  public static final String AT_LEAST_ONCE = "loop-at-least-once";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OVERLAP = 32;
  private static final int BATCH_TOKENS = 1_024;

  /** Half of the scorer's: twice as many transactions, and a window sees enough of them. */
  private static final int POLL_RECORDS = 512;

  private final Map<String, String> options;
  private final boolean transactions;
  private final ModelPackage model;
  private final SegmentCutter cutter;
  private final PackageTokenizer tokenizer;
  private final SentimentEngine engine;
  private final RecordDecoder<Message> decoder;

  /**
   * One message of a poll.
   *
   * @param record it came in
   * @param id its own
   * @param ids its tokens, of the first segment
   */
  private record Work(ConsumerRecord<byte[], byte[]> record, String id, int[] ids) {}

  private DeliveryMain(String name, Map<String, String> options) {
    this.options = options;
    this.transactions = name.equals(EXACTLY_ONCE);
    this.model = ModelPackage.open(Path.of(option("model")));
    this.tokenizer = PackageTokenizer.open(model);
    this.cutter = tokenizer.segmentCutter(OVERLAP);
    this.engine =
        SentimentEngine.open(
            model, EngineOptions.cpu().withThreads(Integer.parseInt(option("threads"))));
    this.decoder =
        SchemaRegistry.at(option("registry"), Map.of())
            .decoder(new Topic<>(option("input"), Message.class));
  }

  /** Arguments: the name, then {@code --option value}. */
  public static void main(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i].substring(2), arguments[i + 1]);
    }
    new DeliveryMain(arguments[0], options).run();
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    option("bootstrap-servers"),
                    "group.id",
                    option("output"),
                    "auto.offset.reset",
                    "earliest",
                    "isolation.level",
                    "read_committed",
                    "enable.auto.commit",
                    false,
                    "max.poll.records",
                    POLL_RECORDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      if (transactions) {
        producer.initTransactions();
      }
      consumer.subscribe(List.of(option("input")));
      System.out.println("READY");
      while (!Thread.currentThread().isInterrupted()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(250));
        if (!records.isEmpty()) {
          write(consumer, producer, records, answers(records));
        }
      }
    }
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", option("bootstrap-servers"));
    settings.put("acks", "all");
    if (transactions) {
      settings.put("transactional.id", option("output"));
    }
    return settings;
  }

  private List<ProducerRecord<byte[], byte[]>> answers(ConsumerRecords<byte[], byte[]> records) {
    List<Work> works = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (decoder.decode(record.value()) instanceof Decoded.Healthy<Message> healthy) {
        Message message = healthy.value();
        works.add(
            new Work(
                record, message.getId(), cutter.first(tokenizer.encode(message.getText())).ids()));
      }
    }
    works.sort(Comparator.comparingInt(work -> work.ids().length));
    List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
    List<Work> batch = new ArrayList<>();
    for (Work work : works) {
      if (!batch.isEmpty() && work.ids().length * (batch.size() + 1) > BATCH_TOKENS) {
        score(batch, answers);
        batch.clear();
      }
      batch.add(work);
    }
    score(batch, answers);
    return answers;
  }

  private void score(List<Work> batch, List<ProducerRecord<byte[], byte[]>> answers) {
    if (batch.isEmpty()) {
      return;
    }
    float[][] rows = engine.probabilities(batch.stream().map(Work::ids).toList());
    for (int i = 0; i < rows.length; i++) {
      Work work = batch.get(i);
      answers.add(
          new ProducerRecord<>(option("output"), work.record().key(), json(work.id(), rows[i])));
    }
  }

  private byte[] json(String id, float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    try {
      return JSON.writeValueAsBytes(
          Map.of("id", id, "label", model.labels().get(best), "probabilities", row));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written", e);
    }
  }

  private void write(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      ConsumerRecords<byte[], byte[]> records,
      List<ProducerRecord<byte[], byte[]>> answers) {
    if (transactions) {
      producer.beginTransaction();
    }
    for (ProducerRecord<byte[], byte[]> answer : answers) {
      var unused = producer.send(answer);
    }
    if (transactions) {
      producer.sendOffsetsToTransaction(offsets(records), consumer.groupMetadata());
      producer.commitTransaction();
    } else {
      producer.flush();
      consumer.commitSync(offsets(records));
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    return offsets;
  }

  private String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--%s is missing".formatted(name));
    }
    return value;
  }
}
