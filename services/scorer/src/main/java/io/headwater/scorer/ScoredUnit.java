package io.headwater.scorer;

import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.ScorerTask.Counted;
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
   * @param record the result or the dead letter
   * @param explanation why the result is what it is, where that was asked for; written with it
   * @param readAt timestamp of the record that was read, in milliseconds since the epoch
   * @param result what is counted of the result; empty for a dead letter
   * @param cause why it is a dead letter; empty for a result
   */
  record Answer(
      ProducerRecord<byte[], byte[]> record,
      Optional<ProducerRecord<byte[], byte[]>> explanation,
      long readAt,
      Optional<Counted> result,
      Optional<DeadLetterCause> cause) {
    /** All that is written, in order. */
    List<ProducerRecord<byte[], byte[]>> records() {
      return explanation.map(why -> List.of(record, why)).orElseGet(() -> List.of(record));
    }
  }
}
