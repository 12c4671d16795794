package io.headwater.scorer;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.schemas.RecordSize;
import io.headwater.scorer.ScoredUnit.Answer;
import io.headwater.scorer.task.Explaining;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import io.headwater.scorer.task.TaskScoring;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the output of one unit of work: for every record that was read exactly one that is written,
 * a result or a dead letter, in the order of the records; and beside a result its explanation,
 * where that was asked for. Nothing is sent here.
 *
 * @param <S> the task's result
 */
final class UnitScorer<S extends SpecificRecord> {
  private final ScorerCodecs<S> codecs;
  private final TaskScoring<S> scoring;
  private final Explaining<S> explaining;
  private final Clock clock;

  UnitScorer(
      ScorerCodecs<S> codecs, TaskScoring<S> scoring, Explaining<S> explaining, Clock clock) {
    this.codecs = codecs;
    this.scoring = scoring;
    this.explaining = explaining;
    this.clock = clock;
  }

  /**
   * Scores a unit.
   *
   * @param pulse called between batches, so that a long unit is heard of; what it throws ends the
   *     unit
   * @throws io.headwater.schemas.RegistryUnavailableException when the registry must be asked and
   *     does not answer: the unit can be tried again
   */
  ScoredUnit score(List<ConsumerRecord<byte[], byte[]>> unit, Runnable pulse) {
    Map<Integer, Failed<S>> undecodable = new HashMap<>();
    List<TokenSequence> sequences = new ArrayList<>(unit.size());
    for (int i = 0; i < unit.size(); i++) {
      Decoded<TokenSequence> decoded = codecs.tokens().decode(unit.get(i).value());
      if (decoded instanceof Decoded.Undecodable<TokenSequence> bad) {
        undecodable.put(i, new Failed<>(bad.cause(), bad.detail()));
      } else if (decoded instanceof Decoded.Healthy<TokenSequence> healthy) {
        sequences.add(healthy.value());
      }
    }
    List<Scoring<S>> scorings = scoring.score(sequences, pulse);
    List<Answer> answers = new ArrayList<>(unit.size());
    int next = 0;
    for (int i = 0; i < unit.size(); i++) {
      Failed<S> failed = undecodable.get(i);
      if (failed == null) {
        answers.add(answered(unit.get(i), sequences.get(next), scorings.get(next), pulse));
        next++;
      } else {
        answers.add(buried(unit.get(i), failed));
      }
    }
    return new ScoredUnit(answers);
  }

  private Answer answered(
      ConsumerRecord<byte[], byte[]> record,
      TokenSequence sequence,
      Scoring<S> scoring,
      Runnable pulse) {
    if (scoring instanceof Failed<S> failed) {
      return buried(record, failed);
    }
    S result = ((Scored<S>) scoring).result();
    Answer written = written(record, result);
    return written.cause().isPresent()
        ? written
        : new Answer(
            written.record(),
            explaining.explain(sequence, result, pulse).map(found -> explanation(record, found)),
            written.readAt(),
            written.result(),
            written.cause());
  }

  /** An explanation is never worth a dead letter: one that is too large says so. */
  private ProducerRecord<byte[], byte[]> explanation(
      ConsumerRecord<byte[], byte[]> record, Explanation found) {
    byte[] value = codecs.explanationEncoder().encode(found);
    long size = value.length + RecordSize.of(record.key()) + RecordSize.of(record.headers());
    if (size > codecs.maxRecordBytes()) {
      value =
          codecs
              .explanationEncoder()
              .encode(
                  Explaining.missing(
                      found,
                      "the explanation has %d bytes; the topic takes %d"
                          .formatted(size, codecs.maxRecordBytes())));
    }
    return stamped(record, codecs.explanations().name(), value);
  }

  private Answer written(ConsumerRecord<byte[], byte[]> record, S result) {
    ScorerTask<S> task = codecs.task();
    byte[] value = codecs.results().encode(result);
    // Key and headers go on with the result.
    long size = value.length + RecordSize.of(record.key()) + RecordSize.of(record.headers());
    if (size > codecs.maxRecordBytes()) {
      return buried(
          record,
          new Failed<>(
              DeadLetterCause.RESULT_TOO_LARGE,
              "The result has %d bytes with its key and headers; the topic takes %d"
                  .formatted(size, codecs.maxRecordBytes())));
    }
    return new Answer(
        stamped(record, task.results().name(), value),
        Optional.empty(),
        record.timestamp(),
        Optional.of(task.counted().apply(result)),
        Optional.empty());
  }

  private ProducerRecord<byte[], byte[]> stamped(
      ConsumerRecord<byte[], byte[]> record, String topic, byte[] value) {
    ProducerRecord<byte[], byte[]> out = beside(record, topic, value);
    HeadwaterHeaders.put(out.headers(), HeadwaterHeaders.TOKENS_OFFSET, record.offset());
    HeadwaterHeaders.put(out.headers(), codecs.task().stamp(), clock.millis());
    return out;
  }

  private Answer buried(ConsumerRecord<byte[], byte[]> record, Failed<S> failed) {
    DeadLetter letter = DeadLetters.of(ScorerService.NAME, failed.cause(), failed.detail(), record);
    DeadLetters.Written written = DeadLetters.written(codecs.deadLetters(), letter, record.key());
    // The letter holds the headers; on the record too, they could make it too large.
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(
            codecs.letters().name(),
            record.partition(),
            timestamp(record),
            written.key(),
            written.bytes());
    return new Answer(
        out, Optional.empty(), record.timestamp(), Optional.empty(), Optional.of(failed.cause()));
  }

  /** A record of the same key, time and headers, on the same partition number. */
  private static ProducerRecord<byte[], byte[]> beside(
      ConsumerRecord<byte[], byte[]> record, String topic, byte[] value) {
    return new ProducerRecord<>(
        topic, record.partition(), timestamp(record), record.key(), value, record.headers());
  }

  /** The record's timestamp; null, for the time of writing, where it has none. */
  private static @Nullable Long timestamp(ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp() < 0 ? null : record.timestamp();
  }
}
