package io.headwater.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.headwater.avro.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** A river whose schemas are registered in Confluent's in-memory registry. */
final class RegisteredRiver {
  static final HeadwaterTopics TOPICS = new HeadwaterTopics("");

  final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
  final SchemaRegistry registry = SchemaRegistry.over(client);

  private final Map<Topic<?>, RecordDecoder<?>> decoders = new ConcurrentHashMap<>();
  private final Map<Topic<?>, RecordEncoder<?>> encoders = new ConcurrentHashMap<>();
  private final Map<Topic<?>, Integer> ids = new ConcurrentHashMap<>();

  RegisteredRiver() {
    registry.register(TOPICS.all());
  }

  /** The topic's one decoder: a service has one for all its records, too. */
  @SuppressWarnings("unchecked") // the key and its decoder have the same type
  <V extends SpecificRecord> RecordDecoder<V> decoder(Topic<V> topic) {
    return (RecordDecoder<V>) decoders.computeIfAbsent(topic, registry::decoder);
  }

  /** The topic's one encoder. */
  @SuppressWarnings("unchecked") // the key and its encoder have the same type
  <V extends SpecificRecord> RecordEncoder<V> encoder(Topic<V> topic) {
    return (RecordEncoder<V>) encoders.computeIfAbsent(topic, registry::encoder);
  }

  RecordDecoder<Message> messageDecoder() {
    return decoder(TOPICS.messages());
  }

  byte[] encoded(Message message) {
    return encoder(TOPICS.messages()).encode(message);
  }

  /** Id of the topic's schema. */
  int id(Topic<?> topic) {
    return ids.computeIfAbsent(topic, any -> registry.idOf(any).orElseThrow());
  }

  /** Registers a schema that is none of ours, and returns its id. */
  int idOfOther(Schema schema) {
    try {
      return client.register("other-" + schema.hashCode(), new AvroSchema(schema));
    } catch (IOException | RestClientException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The wire format's first five bytes, and {@code body}. */
  static byte[] wire(int id, byte... body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  /** A generic datum's Avro binary, without the wire format's head. */
  static byte[] binary(Schema schema, Object datum) {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Object generic(Schema schema, byte[] binary) {
    try {
      return new GenericDatumReader<>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(binary, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value of the topic with random content in every field. */
  static <V extends SpecificRecord> V random(Topic<V> topic, long seed) {
    Schema schema = JavaHints.without(topic.schema());
    Object datum = new RandomData(new GenericData(), schema, 1, seed, true).iterator().next();
    byte[] binary = binary(schema, datum);
    try {
      return new SpecificDatumReader<V>(schema, topic.schema())
          .read(null, DecoderFactory.get().binaryDecoder(binary, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message message(String text) {
    return Message.newBuilder().setText(text).build();
  }
}
