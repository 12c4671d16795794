package io.headwater.cli.letters;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.DeadLetter;
import io.headwater.schemas.DeadLetters;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter and where it stands.
 *
 * @param key of the record that died; null where it had none
 */
record StoredLetter(LetterAddress address, byte @Nullable [] key, DeadLetter letter) {
  StoredLetter {
    requireNonNull(address, "address");
    requireNonNull(letter, "letter");
  }

  /** A letter that was read from its topic; its record has the key of the one that died. */
  static StoredLetter of(ConsumerRecord<byte[], byte[]> record, DeadLetter letter) {
    return new StoredLetter(
        new LetterAddress(record.partition(), record.offset()), record.key(), letter);
  }

  /** Where the record that died stands. */
  String origin() {
    return "%s-%d@%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }

  /** Whether the letter has the record's bytes. */
  boolean keepsRecord() {
    return DeadLetters.keepsRecord(letter);
  }

  /** The buffer's bytes, which stay in it. */
  static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
