package io.headwater.peers.flink;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a record of the output topic. */
final class AnswerSchema implements KafkaRecordSerializationSchema<Outgoing> {
  private static final long serialVersionUID = 1;

  private final String topic;

  AnswerSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Outgoing answer, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(topic, answer.key(), answer.value());
  }
}
