package io.headwater.schemas;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes {@link DeadLetter}s: a record as it was, with who gave up on it and why. */
public final class DeadLetters {
  /** Header that a replay puts on a record: how often it has been replayed, as decimal digits. */
  public static final String ROUNDS_HEADER = "headwater.replay.rounds";

  /** How the detail of a letter ends whose record did not fit into it: it has no bytes. */
  public static final String NOT_KEPT = "The record is too large for a letter: see its position";

  /** What the topic takes, less a record and its batch around key and value, generously. */
  private static final int MOST_BYTES = TopicPlan.MAX_DEAD_LETTER_BYTES - 64 * 1024;

  private DeadLetters() {}

  /** Whether the letter has the record's bytes; else only its position leads to them. */
  public static boolean keepsRecord(DeadLetter letter) {
    return letter.getValue() != null || !letter.getDetail().endsWith(NOT_KEPT);
  }

  /** How often the record with these headers has been replayed; the last of several counts. */
  public static int rounds(Headers headers) {
    Header last = headers.lastHeader(ROUNDS_HEADER);
    return last == null ? 0 : rounds(last.value());
  }

  private static int rounds(byte @Nullable [] digits) {
    try {
      return digits == null
          ? 0
          : Math.max(0, Integer.parseInt(new String(digits, StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      // An outside producer's header of the same name: the record has not been replayed by us.
      return 0;
    }
  }

  /**
   * A letter in bytes that its topic takes.
   *
   * @param key of the letter's own record; null also where the record's is too large to be kept
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Written(byte @Nullable [] key, byte[] bytes) {}

  /**
   * Writes a letter. Topics limit their records as they are sent, compressed: what was read can be
   * larger than any letter. Such a one is written without the record's bytes; a letter that its
   * topic refuses would stop the stream for ever.
   *
   * @param key of the record, and so of the letter's
   */
  public static Written written(
      RecordEncoder<DeadLetter> encoder, DeadLetter letter, byte @Nullable [] key) {
    return written(encoder, letter, key, MOST_BYTES);
  }

  /**
   * The same for a topic that takes so many bytes of a letter with its key.
   *
   * @param mostBytes of value and key together
   */
  public static Written written(
      RecordEncoder<DeadLetter> encoder, DeadLetter letter, byte @Nullable [] key, long mostBytes) {
    byte[] bytes = encoder.encode(letter);
    if (bytes.length + RecordSize.of(key) <= mostBytes) {
      return new Written(key, bytes);
    }
    boolean keepsKey = RecordSize.of(key) < TopicPlan.DEFAULT_MAX_RECORD_BYTES;
    return new Written(keepsKey ? key : null, encoder.encode(withoutRecord(letter)));
  }

  @SuppressWarnings("NullAway") // generated setters take null for optional fields
  private static DeadLetter withoutRecord(DeadLetter letter) {
    DeadLetter small = DeadLetter.newBuilder(letter).setHeaders(List.of()).build();
    small.setKey(null);
    small.setValue(null);
    small.setDetail(letter.getDetail() + ". " + NOT_KEPT);
    return small;
  }

  /**
   * Where a record was read from.
   *
   * @param timestamp in milliseconds since the epoch; below 0 where Kafka knows none
   */
  public record Position(String topic, int partition, long offset, long timestamp) {}

  /** The dead letter of a record from a consumer. */
  public static DeadLetter of(
      String stage, DeadLetterCause cause, String detail, ConsumerRecord<byte[], byte[]> record) {
    return new Builder(
            stage,
            new Position(record.topic(), record.partition(), record.offset(), record.timestamp()))
        .bytes(record.key(), record.value())
        .headers(record.headers())
        .because(cause, detail);
  }

  /** Collects the parts of one dead letter. Single use. */
  public static final class Builder {
    private final DeadLetter letter = new DeadLetter();

    public Builder(String stage, Position position) {
      letter.setStage(stage);
      letter.setTopic(position.topic());
      letter.setPartition(position.partition());
      letter.setOffset(position.offset());
      letter.setTimestamp(Instant.ofEpochMilli(Math.max(0, position.timestamp())));
      letter.setHeaders(List.of());
      letter.setRounds(0);
    }

    /** The record's original key and value. */
    public Builder bytes(byte @Nullable [] key, byte @Nullable [] value) {
      letter.setKey(wrap(key));
      letter.setValue(wrap(value));
      return this;
    }

    /** The record's original headers. */
    public Builder headers(Headers headers) {
      List<RecordHeader> copy = new ArrayList<>();
      for (Header header : headers) {
        copy.add(new RecordHeader(header.key(), wrap(header.value())));
      }
      letter.setRounds(rounds(headers));
      letter.setHeaders(copy);
      return this;
    }

    /** The finished letter. */
    public DeadLetter because(DeadLetterCause cause, String detail) {
      letter.setCause(cause.name());
      letter.setDetail(detail);
      return letter;
    }

    @SuppressWarnings(
        "NullAway") // generated setters and constructors take null for optional fields
    private static ByteBuffer wrap(byte @Nullable [] bytes) {
      return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
  }
}
