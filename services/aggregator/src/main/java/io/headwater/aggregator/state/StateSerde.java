package io.headwater.aggregator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro's single-object encoding: each value begins with the fingerprint of the schema that wrote
 * it. A store can be restored without the registry, and a later version can read what an earlier
 * one wrote if it is given the earlier schemas. Thread-safe.
 *
 * @param <V> type of the values
 */
public final class StateSerde<V extends SpecificRecord> implements Serde<V> {
  private final BinaryMessageEncoder<V> encoder;
  private final BinaryMessageDecoder<V> decoder;

  private StateSerde(Class<V> type, List<Schema> earlier) {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    SchemaStore.Cache known = new SchemaStore.Cache();
    earlier.forEach(known::addSchema);
    this.encoder = new BinaryMessageEncoder<>(model, schema);
    this.decoder = new BinaryMessageDecoder<>(model, schema, known);
  }

  /**
   * A serde for one type.
   *
   * @param earlier schemas that earlier versions wrote with
   */
  public static <V extends SpecificRecord> StateSerde<V> of(Class<V> type, Schema... earlier) {
    return new StateSerde<>(type, List.of(earlier));
  }

  public byte[] encode(V value) {
    try {
      ByteBuffer bytes = encoder.encode(value);
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("A write to memory failed", e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws SerializationException when the bytes are not a single object of a known schema
   */
  public V decode(ByteBuffer bytes) {
    try {
      return decoder.decode(bytes.duplicate());
    } catch (IOException | AvroRuntimeException e) {
      throw new SerializationException("A state store holds a value that cannot be read", e);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public Serializer<V> serializer() {
    return (topic, value) -> value == null ? null : encode(value);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public Deserializer<V> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(ByteBuffer.wrap(bytes));
  }
}
