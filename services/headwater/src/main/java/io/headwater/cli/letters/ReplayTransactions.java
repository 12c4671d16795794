package io.headwater.cli.letters;

import io.headwater.avro.ReplayedLetter;
import io.headwater.cli.CommandFailure;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends letters back, each together with its mark: a chunk is one transaction, so that a letter is
 * marked exactly when it was sent, whatever ends the run. One thread; the caller closes the
 * producer.
 */
final class ReplayTransactions implements Dispatch {
  private final Producer<byte[], byte[]> producer;
  private final Topic<ReplayedLetter> marks;
  private final RecordEncoder<ReplayedLetter> encoder;
  private final InstantSource clock;

  ReplayTransactions(
      Producer<byte[], byte[]> producer,
      Topic<ReplayedLetter> marks,
      RecordEncoder<ReplayedLetter> encoder,
      InstantSource clock) {
    this.producer = producer;
    this.marks = marks;
    this.encoder = encoder;
    this.clock = clock;
  }

  /** Properties of the producer. All replays of a river have one transactional id. */
  static Map<String, Object> properties(HeadwaterTopics topics) {
    return Map.of(
        "transactional.id",
        new HeadwaterGroups(topics.prefix()).letterReplay(),
        "acks",
        "all",
        // A run that is killed holds up the readers of its partitions for this long at most.
        "transaction.timeout.ms",
        30_000,
        "delivery.timeout.ms",
        25_000,
        "request.timeout.ms",
        8_000,
        "max.block.ms",
        30_000L,
        "max.request.size",
        TopicPlan.MAX_DEAD_LETTER_BYTES,
        "buffer.memory",
        2L * TopicPlan.MAX_DEAD_LETTER_BYTES);
  }

  /**
   * Ends what an earlier run has left open, and shuts out one that still runs. The marks are final
   * after that: read them then, and not before.
   */
  void begin() {
    producer.initTransactions();
  }

  @Override
  public List<Refused> send(List<Outgoing> chunk) {
    List<Outgoing> left = new ArrayList<>(chunk);
    List<Refused> refused = new ArrayList<>();
    while (!left.isEmpty()) {
      try {
        Optional<Refused> culprit = stage(left);
        if (culprit.isEmpty()) {
          producer.commitTransaction();
          return refused;
        }
        producer.abortTransaction();
        refused.add(culprit.get());
        left.remove(culprit.get().outgoing());
      } catch (KafkaException e) {
        throw explained(e);
      }
    }
    return refused;
  }

  /**
   * Writes the records and their marks into a transaction, which stays open.
   *
   * @return one that Kafka does not take: the transaction is good for nothing then
   */
  Optional<Refused> stage(List<Outgoing> letters) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    KafkaException failure = null;
    try {
      for (Outgoing letter : letters) {
        sent.add(producer.send(letter.record().replayed(letter.rounds())));
      }
      for (Outgoing letter : letters) {
        sent.add(producer.send(mark(letter)));
      }
      producer.flush();
    } catch (KafkaException e) {
      // After a record that is too large the producer refuses the next one: look which it was.
      failure = e;
    }
    for (int i = 0; i < sent.size(); i++) {
      Optional<KafkaException> fault = fault(sent.get(i));
      if (fault.isPresent()
          && fault.get() instanceof RecordTooLargeException
          && i < letters.size()) {
        return Optional.of(
            new Refused(
                letters.get(i),
                "the topic %s takes no record of that size"
                    .formatted(letters.get(i).record().topic())));
      }
      failure = failure == null ? fault.orElse(null) : failure;
    }
    if (failure != null) {
      throw failure;
    }
    return Optional.empty();
  }

  private ProducerRecord<byte[], byte[]> mark(Outgoing outgoing) {
    LetterAddress address = outgoing.address();
    ReplayedLetter mark = new ReplayedLetter();
    mark.setLetterPartition(address.partition());
    mark.setLetterOffset(address.offset());
    mark.setTopic(outgoing.record().topic());
    mark.setPartition(outgoing.record().partition());
    mark.setOriginOffset(outgoing.stored().letter().getOffset());
    mark.setRounds(outgoing.rounds());
    mark.setReplayedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return new ProducerRecord<>(marks.name(), address.key(), encoder.encode(mark));
  }

  /** Only to be asked once all is flushed, or the producer has failed. */
  private static Optional<KafkaException> fault(Future<RecordMetadata> sent) {
    if (!sent.isDone()) {
      return Optional.empty();
    }
    try {
      var unused = sent.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new KafkaException("interrupted", e));
    }
  }

  private RuntimeException explained(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return new CommandFailure(
            "another `headwater dead-letters replay` of this river has begun and took over; let it"
                + " end, then run this one again for what it left",
            failure);
      }
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Whatever is left open is ended by the next run, or by the broker after a while.
      failure.addSuppressed(e);
    }
    return failure;
  }
}
