package io.headwater.peers.contract;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.headwater.avro.Message;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads messages as any user of Avro does: with Confluent's deserializer and a generated class. */
public final class Messages {
  private Messages() {}

  /** A deserializer that has been configured; the caller's to close. */
  public static Deserializer<Message> deserializer(String registryUrl) {
    KafkaAvroDeserializer avro = new KafkaAvroDeserializer();
    avro.configure(
        Map.of("schema.registry.url", registryUrl, "specific.avro.reader", "true"), false);
    return new Deserializer<>() {
      @Override
      public Message deserialize(String topic, byte[] data) {
        return (Message) avro.deserialize(topic, data);
      }

      @Override
      public void close() {
        avro.close();
      }
    };
  }
}
