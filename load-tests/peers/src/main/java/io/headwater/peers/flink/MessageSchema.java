package io.headwater.peers.flink;

import io.headwater.avro.Message;
import io.headwater.peers.contract.Messages;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads a record of the input topic. */
final class MessageSchema implements KafkaRecordDeserializationSchema<Incoming> {
  private static final long serialVersionUID = 1;

  private final String registryUrl;
  private transient @Nullable Deserializer<Message> messages;

  MessageSchema(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    messages = Messages.deserializer(registryUrl);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
    Message message =
        Objects.requireNonNull(messages, "not open").deserialize(record.topic(), record.value());
    out.collect(new Incoming(record.key(), message.getId(), message.getText()));
  }

  @Override
  public TypeInformation<Incoming> getProducedType() {
    return TypeInformation.of(Incoming.class);
  }
}
