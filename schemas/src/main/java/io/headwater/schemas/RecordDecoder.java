package io.headwater.schemas;

import io.headwater.avro.DeadLetter;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic's values from the registry's wire format, whatever the bytes are: a value that
 * can never be read is an answer ({@link Undecodable}), not an exception. Thread-safe.
 *
 * @param <V> type of the values
 */
public final class RecordDecoder<V extends SpecificRecord> {
  private static final int HEADER_BYTES = 5;

  private final Topic<V> topic;
  private final Schema target;
  private final SchemaRegistry registry;
  private final int mostBytes;
  private final ConcurrentHashMap<Integer, Schema> writers = new ConcurrentHashMap<>();
  private final ThreadLocal<Scratch<V>> scratch = ThreadLocal.withInitial(Scratch::new);

  RecordDecoder(Topic<V> topic, SchemaRegistry registry) {
    this.topic = topic;
    this.target = topic.schema();
    this.registry = registry;
    this.mostBytes =
        topic.valueType().equals(DeadLetter.class)
            ? TopicPlan.MAX_DEAD_LETTER_BYTES
            : TopicPlan.DEFAULT_MAX_RECORD_BYTES;
  }

  /** The topic whose values this reads. */
  public Topic<V> topic() {
    return topic;
  }

  /**
   * Reads a record's value.
   *
   * @param bytes the value as it came from Kafka
   * @throws RegistryUnavailableException when the registry must be asked and does not answer
   */
  public Decoded<V> decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return bad(DeadLetterCause.NULL_VALUE, "The record has no value");
    }
    if (bytes.length > mostBytes) {
      // Unpacked a thousandfold by a reader: it would fit into no topic, nor into any state store.
      return bad(
          DeadLetterCause.RECORD_TOO_LARGE,
          "The value has %d bytes; the topic takes %d".formatted(bytes.length, mostBytes));
    }
    if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
      return bad(
          DeadLetterCause.NOT_AVRO,
          "The value (%d bytes) does not begin with the wire format's magic byte and a schema id"
              .formatted(bytes.length));
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    Schema writer = writers.get(id);
    if (writer == null) {
      Optional<Schema> found = registry.schemaOf(id);
      if (found.isEmpty()) {
        return bad(DeadLetterCause.UNKNOWN_SCHEMA, "The registry has no schema with id " + id);
      }
      Optional<String> misfit = misfit(found.get());
      if (misfit.isPresent()) {
        return bad(
            DeadLetterCause.INCOMPATIBLE_SCHEMA, "Schema id %d: %s".formatted(id, misfit.get()));
      }
      writer = found.get();
      writers.put(id, writer);
    }
    return read(bytes, id, writer);
  }

  private Decoded<V> read(byte[] bytes, int id, Schema writer) {
    Scratch<V> own = scratch.get();
    try {
      BoundedDecoder decoder = own.decoder.over(bytes, HEADER_BYTES);
      V value = own.reader(id, writer, target).read(null, decoder);
      if (!decoder.isEnd()) {
        return bad(DeadLetterCause.MALFORMED, "Bytes are left over behind the record");
      }
      if (StrictUtf8.holdsReplacement(value)
          && !StrictUtf8.isValid(decoder.over(bytes, HEADER_BYTES), own.strict(id, writer))) {
        return bad(DeadLetterCause.INVALID_UTF8, "A string of the record is not valid UTF-8");
      }
      return new Healthy<>(value);
    } catch (AvroTypeException e) {
      return bad(
          DeadLetterCause.INCOMPATIBLE_SCHEMA, "The schema does not resolve: " + e.getMessage());
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      return malformed(e);
    } catch (ClassCastException | IllegalArgumentException | UnsupportedOperationException e) {
      // What Avro's reader throws on bytes that break the schema in ways it does not check.
      return malformed(e);
    } catch (StackOverflowError e) {
      // A field that a newer schema adds may hold itself: it is skipped level by level.
      return bad(DeadLetterCause.MALFORMED, "The record is nested too deep");
    }
  }

  private Optional<String> misfit(Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(target, writer);
    return result.getType() == SchemaCompatibilityType.COMPATIBLE
        ? Optional.empty()
        : Optional.of(
            "%s cannot be read as %s".formatted(writer.getFullName(), target.getFullName()));
  }

  private Decoded<V> malformed(Exception e) {
    return bad(
        DeadLetterCause.MALFORMED,
        "The bytes do not follow the schema (%s)".formatted(e.getClass().getSimpleName()));
  }

  private Decoded<V> bad(DeadLetterCause cause, String detail) {
    return new Undecodable<>(cause, detail);
  }

  private static final class Scratch<V> {
    private final Map<Integer, SpecificDatumReader<V>> readers = new HashMap<>();
    private final Map<Integer, GenericDatumReader<Object>> strict = new HashMap<>();
    private final BoundedDecoder decoder = new BoundedDecoder();

    SpecificDatumReader<V> reader(int id, Schema writer, Schema target) {
      return readers.computeIfAbsent(id, unused -> new SpecificDatumReader<>(writer, target));
    }

    GenericDatumReader<Object> strict(int id, Schema writer) {
      return strict.computeIfAbsent(id, unused -> StrictUtf8.reader(writer));
    }
  }
}
