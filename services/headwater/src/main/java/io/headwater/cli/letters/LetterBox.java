package io.headwater.cli.letters;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.ReplayedLetter;
import io.headwater.cli.ingest.CommittedRecords;
import io.headwater.cli.ingest.CommittedRecords.Span;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;

/** The dead letters of a river and the marks of those replayed. One thread. */
final class LetterBox implements AutoCloseable {
  private final RiverAccess river;
  private final Consumer<byte[], byte[]> letterConsumer;
  private final Consumer<byte[], byte[]> otherConsumer;

  private LetterBox(
      RiverAccess river,
      Consumer<byte[], byte[]> letterConsumer,
      Consumer<byte[], byte[]> otherConsumer) {
    this.river = river;
    this.letterConsumer = letterConsumer;
    this.otherConsumer = otherConsumer;
  }

  /** Opens the box of a river that has dead letters. */
  static LetterBox open(KafkaConnection kafka) {
    RiverAccess river = RiverAccess.open(kafka);
    try {
      river.require(List.of(river.topics().deadLetters()));
      return new LetterBox(river, river.consumer(), river.consumer());
    } catch (RuntimeException e) {
      river.close();
      throw e;
    }
  }

  RiverAccess river() {
    return river;
  }

  HeadwaterTopics topics() {
    return river.topics();
  }

  /** All letters that are there now: those that come later are not among them. */
  Map<Integer, Span> now() {
    return river.ask(
        () -> new CommittedRecords(letterConsumer).spans(topics().deadLetters().name()));
  }

  /** The marks there are now; none in a river that has no topic for them yet. */
  ReplayMarks marks() {
    ReplayMarks marks = new ReplayMarks();
    String topic = topics().replayedLetters().name();
    RecordDecoder<ReplayedLetter> decoder = river.registry().decoder(topics().replayedLetters());
    return river.ask(
        () -> {
          if (river.admin().listTopics().names().get().contains(topic)) {
            CommittedRecords records = new CommittedRecords(otherConsumer);
            records.read(
                topic,
                records.spans(topic),
                record -> {
                  marks.take(record, decoder);
                  return true;
                });
          }
          return marks;
        });
  }

  /** Finds the records that letters are about. */
  OriginalRecords originals() {
    return new OriginalRecords(new CommittedRecords(otherConsumer), new RiverPlaces(river));
  }

  /**
   * Shows the visitor every letter that the filter takes.
   *
   * @param spans where to look
   * @return the addresses of the filter at which there is nothing
   */
  Set<LetterAddress> visit(Map<Integer, Span> spans, LetterFilter filter, LetterVisitor visitor) {
    RecordDecoder<DeadLetter> decoder = river.registry().decoder(topics().deadLetters());
    Set<LetterAddress> unseen = new TreeSet<>(filter.addresses());
    return river.ask(
        () -> {
          new CommittedRecords(letterConsumer)
              .read(
                  topics().deadLetters().name(),
                  narrowed(spans, filter.addresses()),
                  record -> {
                    var address = new LetterAddress(record.partition(), record.offset());
                    if (!filter.takes(address)) {
                      return true;
                    }
                    unseen.remove(address);
                    Decoded<DeadLetter> decoded = decoder.decode(record.value());
                    if (decoded instanceof Healthy<DeadLetter> healthy) {
                      StoredLetter letter = StoredLetter.of(record, healthy.value());
                      return !filter.takes(letter) || visitor.letter(letter);
                    }
                    if (!filter.asksForContent()) {
                      visitor.unreadable(address, ((Undecodable<?>) decoded).detail());
                    }
                    return true;
                  });
          return unseen;
        });
  }

  /** The parts of the spans that hold the addresses; all of them where none is named. */
  static Map<Integer, Span> narrowed(Map<Integer, Span> spans, Set<LetterAddress> addresses) {
    if (addresses.isEmpty()) {
      return spans;
    }
    Map<Integer, Span> parts = new TreeMap<>();
    spans.forEach(
        (partition, span) -> {
          long[] offsets =
              addresses.stream()
                  .filter(address -> address.partition() == partition)
                  .mapToLong(LetterAddress::offset)
                  .toArray();
          if (offsets.length > 0) {
            long first = LongStream.of(offsets).min().orElseThrow();
            long last = LongStream.of(offsets).max().orElseThrow();
            parts.put(
                partition, new Span(Math.max(span.begin(), first), Math.min(span.end(), last + 1)));
          }
        });
    return parts;
  }

  @Override
  public void close() {
    letterConsumer.close();
    otherConsumer.close();
    river.close();
  }
}
