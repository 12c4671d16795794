package io.headwater.load;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Headwater's encoder and decoder beside Confluent's, on the same record. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
public class WireFormatBenchmark {
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "schema.registry.url", "mock://unused",
          "auto.register.schemas", false,
          "avro.remove.java.properties", true,
          "specific.avro.reader", true);

  @Param({"64", "2048"})
  public int tokens;

  private Topic<TokenSequence> topic;
  private RecordEncoder<TokenSequence> encoder;
  private RecordDecoder<TokenSequence> decoder;
  private KafkaAvroSerializer serializer;
  private KafkaAvroDeserializer deserializer;
  private TokenSequence value;
  private byte[] bytes;

  /** Makes both sides ready, and proves that they write the same bytes. */
  @Setup
  public void prepare() {
    var client = new MockSchemaRegistryClient();
    SchemaRegistry registry = SchemaRegistry.over(client);
    topic = new HeadwaterTopics("").tokens(HeadwaterTopics.SENTIMENT);
    registry.register(List.of(topic));
    encoder = registry.encoder(topic);
    decoder = registry.decoder(topic);
    serializer = new KafkaAvroSerializer(client, PROPERTIES);
    deserializer = new KafkaAvroDeserializer(client, PROPERTIES);
    value = SampleTokens.sequence(tokens);
    bytes = encoder.encode(value);
    if (!Arrays.equals(bytes, serializer.serialize(topic.name(), value))) {
      throw new IllegalStateException("The two sides write different bytes");
    }
  }

  @Benchmark
  public byte[] encodeHeadwater() {
    return encoder.encode(value);
  }

  @Benchmark
  public byte[] encodeConfluent() {
    return serializer.serialize(topic.name(), value);
  }

  @Benchmark
  public Decoded<TokenSequence> decodeHeadwater() {
    return decoder.decode(bytes);
  }

  @Benchmark
  public Object decodeConfluent() {
    return deserializer.deserialize(topic.name(), bytes);
  }
}
