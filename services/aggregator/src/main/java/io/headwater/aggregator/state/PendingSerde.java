package io.headwater.aggregator.state;

import io.headwater.aggregator.avro.PendingRecord;
import io.headwater.aggregator.join.ArrivedMessage;
import io.headwater.aggregator.join.Pending;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.Translation;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@link Pending}. Thread-safe. */
public final class PendingSerde implements Serde<Pending> {
  private final StateSerde<PendingRecord> records =
      StateSerde.of(PendingRecord.class, EarlierSchemas.of(PendingRecord.class, 1));
  private final StateSerde<Message> messages = StateSerde.of(Message.class);
  private final StateSerde<SentimentScore> sentiments = StateSerde.of(SentimentScore.class);
  private final StateSerde<Translation> translations = StateSerde.of(Translation.class);

  @Override
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public Serializer<Pending> serializer() {
    return (topic, pending) -> pending == null ? null : encode(pending);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public Deserializer<Pending> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }

  private byte[] encode(Pending pending) {
    PendingRecord record = new PendingRecord();
    record.setSince(pending.since());
    pending
        .message()
        .ifPresent(
            arrived -> {
              record.setMessageTimestamp(arrived.timestamp());
              record.setKey(wrap(arrived.key()));
              record.setMessage(part(messages, arrived.message()));
            });
    pending.sentiment().ifPresent(score -> record.setSentiment(part(sentiments, score)));
    pending.translation().ifPresent(text -> record.setTranslation(part(translations, text)));
    pending.steps().sentiment().ifPresent(made -> record.setSentimentSteps(made.toString()));
    pending.steps().translation().ifPresent(made -> record.setTranslationSteps(made.toString()));
    return records.encode(record);
  }

  private Pending decode(byte[] bytes) {
    PendingRecord record = records.decode(ByteBuffer.wrap(bytes));
    Optional<ArrivedMessage> message =
        Optional.ofNullable(record.getMessage())
            .map(
                part ->
                    new ArrivedMessage(
                        unwrap(record.getKey()),
                        record.getMessageTimestamp(),
                        messages.decode(part)));
    return new Pending(
        record.getSince(),
        message,
        Optional.ofNullable(record.getSentiment()).map(sentiments::decode),
        Optional.ofNullable(record.getTranslation()).map(translations::decode),
        new Pending.Steps(
            Optional.ofNullable(record.getSentimentSteps()).flatMap(TaskSteps::parse),
            Optional.ofNullable(record.getTranslationSteps()).flatMap(TaskSteps::parse)));
  }

  private static <V extends SpecificRecord> ByteBuffer part(StateSerde<V> serde, V value) {
    return ByteBuffer.wrap(serde.encode(value));
  }

  @SuppressWarnings("NullAway") // generated setters take null for optional fields
  private static ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static byte @Nullable [] unwrap(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
