package io.headwater.aggregator.models;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what trials give, from now on: scores, those made beside them, and dead letters. Without a
 * group: each instance sees all. One thread.
 */
final class TrialReader implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final HeadwaterTopics topics;
  private final RecordDecoder<SentimentScore> scores;
  private final RecordDecoder<SentimentScore> shadowScores;
  private final RecordDecoder<DeadLetter> letters;
  private final RecordDecoder<TokenSequence> tokens;
  private boolean reading;

  /** Is told what was read. */
  interface Listener {
    void live(Origin message, ModelRef model, String label);

    void beside(Origin message, ModelRef model, String label);

    void failed(ModelRef model);
  }

  /** A reader that reads nothing yet. It closes the consumer. */
  TrialReader(Consumer<byte[], byte[]> consumer, HeadwaterTopics topics, SchemaRegistry registry) {
    this.consumer = consumer;
    this.topics = topics;
    this.scores = registry.decoder(topics.sentimentScores());
    this.shadowScores = registry.decoder(topics.shadowScores());
    this.letters = registry.decoder(topics.deadLetters());
    this.tokens = registry.decoder(topics.tokens(HeadwaterTopics.SENTIMENT));
  }

  /** Reads from now on what is written. */
  void begin() {
    if (reading) {
      return;
    }
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic :
        List.<Topic<?>>of(topics.sentimentScores(), topics.shadowScores(), topics.deadLetters())) {
      consumer
          .partitionsFor(topic.name())
          .forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reading = true;
  }

  /** Reads nothing any more. */
  void end() {
    if (reading) {
      consumer.unsubscribe();
      reading = false;
    }
  }

  /** Tells what has come. */
  void poll(Duration patience, Listener listener) {
    if (!reading) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      if (record.topic().equals(topics.deadLetters().name())) {
        failed(record, listener);
      } else if (record.topic().equals(topics.shadowScores().name())) {
        healthy(shadowScores, record.value())
            .filter(score -> score.getSkipReason() == null)
            .ifPresent(
                score -> listener.beside(score.getOrigin(), score.getModel(), score.getLabel()));
      } else {
        healthy(scores, record.value())
            .filter(score -> score.getSkipReason() == null)
            .ifPresent(
                score -> listener.live(score.getOrigin(), score.getModel(), score.getLabel()));
      }
    }
  }

  /** The scorer's letters hold the tokens, and those the model that they were for. */
  private void failed(ConsumerRecord<byte[], byte[]> record, Listener listener) {
    healthy(letters, record.value())
        .filter(letter -> letter.getTopic().equals(tokens.topic().name()))
        .map(DeadLetter::getValue)
        .flatMap(value -> healthy(tokens, bytes(value)))
        .ifPresent(sequence -> listener.failed(sequence.getModel()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static <V extends SpecificRecord> Optional<V> healthy(
      RecordDecoder<V> decoder, byte[] value) {
    return decoder.decode(value) instanceof Decoded.Healthy<V> healthy
        ? Optional.of(healthy.value())
        : Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
