package io.headwater.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one topic's values in the registry's wire format. Thread-safe: the state of an encoding is
 * the thread's own.
 *
 * @param <V> type of the values
 */
public final class RecordEncoder<V extends SpecificRecord> implements Serializer<V> {
  private static final int HEADER_BYTES = 5;

  private final Topic<V> topic;
  private final SchemaRegistry registry;
  private final SpecificDatumWriter<V> writer;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
  private volatile byte @Nullable [] header;

  RecordEncoder(Topic<V> topic, SchemaRegistry registry) {
    this.topic = topic;
    this.registry = registry;
    this.writer = new SpecificDatumWriter<>(topic.schema());
  }

  /**
   * The value's bytes.
   *
   * @throws SchemaNotRegisteredException when the topic's schema is not registered
   * @throws RegistryUnavailableException when the registry must be asked and does not answer
   */
  public byte[] encode(V value) {
    byte[] start = header();
    Scratch own = scratch.get();
    own.bytes.reset();
    own.bytes.writeBytes(start);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
      // Kept again only when all went well: an encoder that still holds the start of a refused
      // value would put it before the next one.
      own.encoder = null;
      writer.write(value, encoder);
      encoder.flush();
      own.encoder = encoder;
    } catch (IOException e) {
      throw new UncheckedIOException("A write to memory failed", e);
    }
    return own.bytes.toByteArray();
  }

  /** For Kafka's clients; the topic named by the caller is not looked at: a river has prefixes. */
  @Override
  @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
  public byte[] serialize(String ignoredTopic, @Nullable V value) {
    return value == null ? null : encode(value);
  }

  private byte[] header() {
    byte[] known = header;
    if (known == null) {
      int id = registry.idOf(topic).orElseThrow(() -> new SchemaNotRegisteredException(topic));
      known = ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array();
      header = known;
    }
    return known;
  }

  private static final class Scratch {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    private @Nullable BinaryEncoder encoder;
  }
}
