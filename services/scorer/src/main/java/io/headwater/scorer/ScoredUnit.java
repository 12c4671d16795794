package io.headwater.scorer;

import io.headwater.avro.SentimentScore;
import io.headwater.schemas.DeadLetterCause;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A unit of work after the model: an answer for every record that was read, in their order.
 *
 * @param answers one for each record
 */
record ScoredUnit(List<Answer> answers) {
  ScoredUnit {
    answers = List.copyOf(answers);
  }

  /**
   * What is written for one record.
   *
   * @param record the score or the dead letter
   * @param readAt timestamp of the record that was read, in milliseconds since the epoch
   * @param score the score; empty for a dead letter
   * @param cause why it is a dead letter; empty for a score
   */
  record Answer(
      ProducerRecord<byte[], byte[]> record,
      long readAt,
      Optional<SentimentScore> score,
      Optional<DeadLetterCause> cause) {}
}
