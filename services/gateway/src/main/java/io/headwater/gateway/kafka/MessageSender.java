package io.headwater.gateway.kafka;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Message;
import io.headwater.gateway.ingest.RecordKeys;
import io.headwater.gateway.kafka.Outcome.Acknowledged;
import io.headwater.gateway.kafka.Outcome.Cause;
import io.headwater.gateway.kafka.Outcome.Failed;
import io.headwater.schemas.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to Kafka and tells what became of each. Thread-safe; owns its producer. Outcomes
 * are completed by the producer's own thread: whoever waits for them must not do slow work there.
 */
public final class MessageSender implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final RecordEncoder<Message> encoder;
  private final String topic;

  /**
   * A sender.
   *
   * @param producer as {@link ProducerSettings} makes it; closed with the sender
   * @param encoder of the topic's values
   * @param topic name of the topic
   */
  public MessageSender(
      Producer<byte[], byte[]> producer, RecordEncoder<Message> encoder, String topic) {
    this.producer = requireNonNull(producer, "producer");
    this.encoder = requireNonNull(encoder, "encoder");
    this.topic = requireNonNull(topic, "topic");
  }

  /**
   * A sender that knows the topic's partitions already, so that the first request does not wait for
   * them.
   *
   * @throws KafkaException when the broker does not tell; the producer is closed then
   */
  public static MessageSender open(
      Producer<byte[], byte[]> producer, RecordEncoder<Message> encoder, String topic) {
    try {
      var unused = producer.partitionsFor(topic);
      return new MessageSender(producer, encoder, topic);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Sends messages in their order. All are encoded before the first is sent. Once Kafka takes no
   * more, the rest is not tried: each try would hold the calling thread again.
   *
   * @return one outcome a message, in their order; never completes exceptionally
   */
  public CompletableFuture<List<Outcome>> sendAll(List<Message> messages) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    try {
      messages.forEach(message -> records.add(record(message)));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(
          messages.stream().map(message -> failed(message.getId(), e)).toList());
    }
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    @Nullable Failed refusal = null;
    for (int i = 0; i < records.size(); i++) {
      String id = messages.get(i).getId();
      CompletableFuture<Outcome> outcome =
          refusal == null
              ? send(id, records.get(i))
              : CompletableFuture.completedFuture(
                  new Failed(id, refusal.cause(), "not tried: " + refusal.detail()));
      outcomes.add(outcome);
      if (refusal == null && outcome.getNow(null) instanceof Failed failed) {
        refusal = failed;
      }
    }
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> outcomes.stream().map(CompletableFuture::join).toList());
  }

  /** Sends one message; never completes exceptionally. */
  public CompletableFuture<Outcome> send(Message message) {
    try {
      return send(message.getId(), record(message));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(message.getId(), e));
    }
  }

  /** Sends what is left and closes the producer. */
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private CompletableFuture<Outcome> send(String id, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record, (metadata, failure) -> outcome.complete(outcome(id, metadata, failure)));
    } catch (InterruptException e) {
      // Kafka has set the thread's interrupted flag again.
      outcome.complete(failed(id, e));
    } catch (KafkaException | IllegalStateException e) {
      outcome.complete(failed(id, e));
    }
    return outcome;
  }

  private ProducerRecord<byte[], byte[]> record(Message message) {
    byte[] key =
        RecordKeys.of(message).map(name -> name.getBytes(StandardCharsets.UTF_8)).orElse(null);
    return new ProducerRecord<>(topic, key, encoder.encode(message));
  }

  private static Outcome outcome(
      String id, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      return failed(id, failure);
    }
    requireNonNull(metadata, "metadata");
    return new Acknowledged(id, metadata.partition(), metadata.offset());
  }

  private static Outcome failed(String id, Exception failure) {
    Cause cause = failure instanceof RecordTooLargeException ? Cause.TOO_LARGE : Cause.UNAVAILABLE;
    String detail = failure.getMessage();
    return new Failed(id, cause, detail == null ? failure.getClass().getSimpleName() : detail);
  }
}
