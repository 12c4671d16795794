package io.headwater.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.ReplayedLetter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Letters for tests. */
final class Letters {
  static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");
  static final byte[] KEY = "bo".getBytes(UTF_8);
  static final byte[] JUNK = {0, -1, 'j', 0x1B, 10};

  private Letters() {}

  /** A record of {@code messages-1}. */
  static ConsumerRecord<byte[], byte[]> record(
      long offset, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
    return record("messages", offset, key, value, headers);
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  static ConsumerRecord<byte[], byte[]> record(
      String topic,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      RecordHeaders headers) {
    return new ConsumerRecord<>(
        topic,
        1,
        offset,
        NOON.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  static DeadLetter letter(
      String stage, DeadLetterCause cause, ConsumerRecord<byte[], byte[]> record) {
    return DeadLetters.of(stage, cause, "why it died", record);
  }

  /** The tokenizer's letter about junk at {@code messages-1@OFFSET}. */
  static StoredLetter stored(String address, long originOffset) {
    return stored(address, record(originOffset, KEY, JUNK, new RecordHeaders()));
  }

  static StoredLetter stored(String address, ConsumerRecord<byte[], byte[]> record) {
    return stored(address, letter("tokenizer", DeadLetterCause.NOT_AVRO, record));
  }

  @SuppressWarnings("NullAway") // the key may be null; NullAway does not see it in a class file
  static StoredLetter stored(String address, DeadLetter letter) {
    return new StoredLetter(
        LetterAddress.parse(address), StoredLetter.bytes(letter.getKey()), letter);
  }

  static RecordHeaders rounds(int rounds) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetters.ROUNDS_HEADER, Integer.toString(rounds).getBytes(UTF_8));
    return headers;
  }

  /** A registry that has the marks' schema. */
  static SchemaRegistry registry() {
    SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
    registry.register(TOPICS.all());
    return registry;
  }

  /** The mark of a letter about {@code messages-1@OFFSET}. */
  static ReplayedLetter mark(String address, long originOffset) {
    LetterAddress letter = LetterAddress.parse(address);
    return new ReplayedLetter(
        letter.partition(), letter.offset(), "messages", 1, originOffset, 1, NOON);
  }

  /** Marks as the topic has them. */
  static ReplayMarks marks(ReplayedLetter... marks) {
    SchemaRegistry registry = registry();
    ReplayMarks read = new ReplayMarks();
    for (ReplayedLetter mark : marks) {
      byte[] value = registry.encoder(TOPICS.replayedLetters()).encode(mark);
      read.take(
          record(TOPICS.replayedLetters().name(), 0, KEY, value, new RecordHeaders()),
          registry.decoder(TOPICS.replayedLetters()));
    }
    return read;
  }
}
