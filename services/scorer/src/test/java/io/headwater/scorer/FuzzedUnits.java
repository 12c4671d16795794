package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Hostile token sequences of one task, in units as the loop cuts them, with what must hold for
 * every task: each record is answered, a healthy one by what it gets alone.
 *
 * @param <S> the task's result
 */
final class FuzzedUnits<S extends SpecificRecord> {
  private final SchemaRegistry registry;
  private final HeadwaterTopics topics;
  private final ScorerTask<S> task;
  private final UnitScorer<S> scorer;
  private final Function<S, String> idOf;
  private final RecordDecoder<S> results;
  private final RecordDecoder<DeadLetter> letters;
  private final Map<String, S> alone = new HashMap<>();

  FuzzedUnits(
      SchemaRegistry registry,
      HeadwaterTopics topics,
      ScorerTask<S> task,
      UnitScorer<S> scorer,
      Function<S, String> idOf) {
    this.registry = registry;
    this.topics = topics;
    this.task = task;
    this.scorer = scorer;
    this.idOf = idOf;
    this.results = registry.decoder(task.results());
    this.letters = registry.decoder(topics.deadLetters());
  }

  /**
   * Throws them at the scorer.
   *
   * @param healthy what the hostile ones are made of
   * @param check told of every result, whatever it was made of
   */
  void run(FuzzRun run, List<TokenSequence> healthy, BiConsumer<HostileRecord, S> check) {
    Random random = run.random();
    HostileRecords records =
        new HostileRecords(registry, topics, task.tokens(), healthy, run.seed());
    long offset = 0;
    while (offset < run.records()) {
      List<HostileRecord> sent = new ArrayList<>();
      List<ConsumerRecord<byte[], byte[]>> unit = new ArrayList<>();
      for (int left = 1 + random.nextInt(100); left > 0; left--) {
        HostileRecord record = records.next();
        sent.add(record);
        unit.add(consumed(record, offset++));
        run.done((int) offset);
      }

      List<ProducerRecord<byte[], byte[]>> written =
          scorer.score(unit, () -> {}).answers().stream().map(ScoredUnit.Answer::record).toList();

      assertThat(written).hasSameSizeAs(unit);
      for (int i = 0; i < unit.size(); i++) {
        check(sent.get(i), unit.get(i), written.get(i), check);
      }
    }
    assertThat(alone).hasSameSizeAs(healthy);
    run.end(List.of(scorer, records));
  }

  private void check(
      HostileRecord sent,
      ConsumerRecord<byte[], byte[]> read,
      ProducerRecord<byte[], byte[]> written,
      BiConsumer<HostileRecord, S> check) {
    assertThat(written.partition()).isEqualTo(read.partition());
    assertThat(written.key()).isEqualTo(sent.key());
    if (written.topic().equals(task.results().name())) {
      S result = decoded(results, written.value());
      check.accept(sent, result);
      if (sent.isHealthy()) {
        S first = alone.computeIfAbsent(idOf.apply(result), id -> resultAlone(read));
        assertThat(result).isEqualTo(first);
      }
      return;
    }
    assertThat(written.topic()).isEqualTo(topics.deadLetters().name());
    DeadLetter letter = decoded(letters, written.value());
    assertThat(sent.isHealthy()).as("%s: %s", sent, letter.getDetail()).isFalse();
    assertThat(DeadLetterCause.valueOf(letter.getCause()))
        .as("%s: the model never sees what it cannot take: %s", sent, letter.getDetail())
        .isNotEqualTo(DeadLetterCause.MODEL_FAILURE);
    assertThat(letter.getDetail()).hasSizeLessThan(1_000);
    assertThat(letter.getOffset()).isEqualTo(read.offset());
    assertThat(letter.getValue())
        .isEqualTo(sent.value() == null ? null : ByteBuffer.wrap(sent.value()));
  }

  private S resultAlone(ConsumerRecord<byte[], byte[]> read) {
    return decoded(
        results, scorer.score(List.of(read), () -> {}).answers().get(0).record().value());
  }

  private static <V extends SpecificRecord> V decoded(RecordDecoder<V> decoder, byte[] bytes) {
    Decoded<V> answer = decoder.decode(bytes);
    if (answer instanceof Healthy<V> healthy) {
      return healthy.value();
    }
    throw new AssertionError("The scorer wrote what nobody can read: " + answer);
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  private ConsumerRecord<byte[], byte[]> consumed(HostileRecord record, long offset) {
    return new ConsumerRecord<>(
        task.tokens().name(),
        (int) (offset % 4),
        offset,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.key() == null ? -1 : record.key().length,
        record.value() == null ? -1 : record.value().length,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
