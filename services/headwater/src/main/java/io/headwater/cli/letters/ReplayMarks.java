package io.headwater.cli.letters;

import io.headwater.avro.ReplayedLetter;
import io.headwater.cli.CommandFailure;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import io.headwater.schemas.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which letters have been replayed: what the marks in their topic say. */
final class ReplayMarks {
  private final Map<LetterAddress, Mark> marks = new HashMap<>();
  private final Map<String, String> topics = new HashMap<>();

  /**
   * The last replay of a letter.
   *
   * @param topic where the record came from and went to
   * @param originOffset where it stood there when it died
   * @param rounds how often it has been replayed, that time included
   */
  record Mark(String topic, int partition, long originOffset, int rounds, Instant replayedAt) {}

  /** The letter's last replay; empty when it has not been replayed. */
  Optional<Mark> of(StoredLetter stored) {
    var letter = stored.letter();
    // A letter of another origin took the address after the dead letters' topic was made anew.
    return Optional.ofNullable(marks.get(stored.address()))
        .filter(
            mark ->
                mark.originOffset() == letter.getOffset()
                    && mark.partition() == letter.getPartition()
                    && mark.topic().equals(letter.getTopic()));
  }

  /**
   * Takes the next record of the marks' topic; of several with one key, the last counts.
   *
   * @throws CommandFailure when it is no mark: then nobody knows what has been replayed
   */
  void take(ConsumerRecord<byte[], byte[]> record, RecordDecoder<ReplayedLetter> decoder) {
    if (record.value() == null) {
      // Somebody took the mark back, as Kafka does it: a key without a value.
      addressOf(record.key()).ifPresent(marks::remove);
      return;
    }
    Decoded<ReplayedLetter> decoded = decoder.decode(record.value());
    if (decoded instanceof Healthy<ReplayedLetter> healthy) {
      take(healthy.value());
    } else if (decoded instanceof Undecodable<ReplayedLetter> bad) {
      throw new CommandFailure(
          "%s-%d@%d is not the mark of a replay (%s): only `headwater dead-letters replay` may write there"
              .formatted(record.topic(), record.partition(), record.offset(), bad.detail()));
    }
  }

  private void take(ReplayedLetter mark) {
    marks.put(
        new LetterAddress(mark.getLetterPartition(), mark.getLetterOffset()),
        new Mark(
            topics.computeIfAbsent(mark.getTopic(), name -> name),
            mark.getPartition(),
            mark.getOriginOffset(),
            mark.getRounds(),
            mark.getReplayedAt()));
  }

  private static Optional<LetterAddress> addressOf(byte @Nullable [] key) {
    try {
      return key == null
          ? Optional.empty()
          : Optional.of(LetterAddress.parse(new String(key, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
