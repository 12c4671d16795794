package io.headwater.peers.consumer;

import io.headwater.avro.Message;
import io.headwater.peers.contract.KafkaSettings;
import io.headwater.peers.contract.Messages;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The plain loop of a consumer that works in batches, at least once: poll, score first-come
 * batches, send, flush, commit. One thread runs it.
 */
final class BatchLoop {
  private static final Duration POLL = Duration.ofMillis(200);

  private final PeerSettings settings;
  private final String group;
  private final int batchSize;
  private final Answers answers;
  private volatile boolean stopped;

  BatchLoop(PeerSettings settings, String group, int batchSize, Answers answers) {
    this.settings = settings;
    this.group = group;
    this.batchSize = batchSize;
    this.answers = answers;
  }

  /** Works until it is stopped. */
  void run(BatchScorer scorer) throws Exception {
    try (KafkaConsumer<byte[], Message> consumer =
            new KafkaConsumer<>(
                consumer(),
                new ByteArrayDeserializer(),
                Messages.deserializer(settings.registryUrl()));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.subscribe(List.of(settings.input()));
      while (!stopped) {
        List<ConsumerRecord<byte[], Message>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int from = 0; from < records.size() && !stopped; from += batchSize) {
          int to = Math.min(from + batchSize, records.size());
          answers(records.subList(from, to), scorer)
              .forEach(answer -> sent.add(producer.send(answer)));
        }
        producer.flush();
        for (Future<RecordMetadata> answer : sent) {
          answer.get();
        }
        if (!sent.isEmpty() && sent.size() == records.size()) {
          consumer.commitSync();
        }
      }
    }
  }

  /** Lets {@link #run} come back after the batch at hand; from any thread. */
  void stop() {
    stopped = true;
  }

  private List<ProducerRecord<byte[], byte[]>> answers(
      List<ConsumerRecord<byte[], Message>> batch, BatchScorer scorer) throws Exception {
    float[][] rows =
        scorer.probabilities(batch.stream().map(record -> record.value().getText()).toList());
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      ConsumerRecord<byte[], Message> record = batch.get(i);
      byte[] json = answers.json(record.value().getId(), rows[i]);
      written.add(new ProducerRecord<>(settings.output(), record.key(), json));
    }
    return written;
  }

  private Map<String, Object> consumer() {
    return Map.of(
        "bootstrap.servers",
        settings.bootstrapServers(),
        "group.id",
        group,
        "auto.offset.reset",
        "earliest",
        "enable.auto.commit",
        "false",
        // A poll is a commit: a few batches make it cheap, and keep the loss of a crash small.
        "max.poll.records",
        Integer.toString(8 * batchSize));
  }

  private Map<String, Object> producer() {
    Map<String, Object> properties = new HashMap<>(KafkaSettings.PRODUCER);
    properties.put("bootstrap.servers", settings.bootstrapServers());
    return properties;
  }
}
