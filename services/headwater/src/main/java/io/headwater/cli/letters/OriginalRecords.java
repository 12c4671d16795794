package io.headwater.cli.letters;

import io.headwater.cli.ingest.CommittedRecords;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds the record that a letter is about: in the letter, or where it stood when it was too large
 * for one. One thread.
 */
final class OriginalRecords {
  private final CommittedRecords records;
  private final Places places;

  OriginalRecords(CommittedRecords records, Places places) {
    this.records = records;
    this.places = places;
  }

  /** What the search gave. */
  sealed interface Search {
    /** The record. */
    record Found(OriginalRecord record) implements Search {}

    /**
     * There is none.
     *
     * @param why without a full stop
     */
    record Gone(String why) implements Search {}
  }

  Places places() {
    return places;
  }

  Search of(StoredLetter stored) {
    if (stored.keepsRecord()) {
      return new Search.Found(OriginalRecord.of(stored.letter()));
    }
    String topic = stored.letter().getTopic();
    int partition = stored.letter().getPartition();
    Optional<String> objection = places.objection(topic, partition);
    if (objection.isPresent()) {
      return new Search.Gone("it was too large for a letter, and " + objection.get());
    }
    Optional<ConsumerRecord<byte[], byte[]>> found =
        records
            .at(topic, partition, stored.letter().getOffset())
            .filter(record -> hasTimeOf(stored, record));
    return found.isPresent()
        ? new Search.Found(OriginalRecord.of(found.get()))
        : new Search.Gone(
            "it was too large for a letter, and %s is not there any more"
                .formatted(stored.origin()));
  }

  /** Whether it can be that record: another stands there after the topic was made anew. */
  private static boolean hasTimeOf(StoredLetter stored, ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp() < 0
        || record.timestamp() == stored.letter().getTimestamp().toEpochMilli();
  }
}
