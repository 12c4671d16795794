package io.headwater.scorer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What readers of committed transactions see, and the producers that write it. */
final class CommittedLog {
  /** What can befall a transaction when it is to commit. */
  enum Fault {
    NONE,
    A_SEND_HAS_FAILED,
    ABORT_FAILS_TOO,
    FENCED,
    DONE_BUT_NOT_TOLD
  }

  private final LogConsumer consumer;
  private final List<FaultyProducer> producers = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<Integer> transactions = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private int failingStarts;

  CommittedLog(LogConsumer consumer) {
    this.consumer = consumer;
  }

  Producer<byte[], byte[]> producer() {
    FaultyProducer fresh = new FaultyProducer();
    if (failingStarts > 0) {
      failingStarts--;
      fresh.initTransactionException = new TimeoutException("no coordinator");
    }
    producers.add(fresh);
    return fresh;
  }

  /** What befalls the next transactions; those after them commit. */
  void meet(List<Fault> coming) {
    faults.addAll(coming);
  }

  /** The next producers cannot begin. */
  void failStarts(int times) {
    failingStarts = times;
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Records of each committed transaction. */
  List<Integer> transactions() {
    return transactions;
  }

  int producersMade() {
    return producers.size();
  }

  boolean closed(int producer) {
    return producers.get(producer).closed();
  }

  boolean allProducersClosed() {
    return producers.stream().allMatch(MockProducer::closed);
  }

  private final class FaultyProducer extends MockProducer<byte[], byte[]> {
    FaultyProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
      switch (fault) {
        case A_SEND_HAS_FAILED -> throw new KafkaException("a send has failed");
        case ABORT_FAILS_TOO -> {
          abortTransactionException = new KafkaException("cannot abort");
          throw new KafkaException("a send has failed");
        }
        case FENCED -> {
          fenceProducer();
          throw new ProducerFencedException("another one has the id");
        }
        case NONE -> commitAll();
        case DONE_BUT_NOT_TOLD -> {
          commitAll();
          throw new TimeoutException("no answer to the commit");
        }
      }
    }

    private void commitAll() {
      List<ProducerRecord<byte[], byte[]>> sent = uncommittedRecords();
      var offsets = List.copyOf(uncommittedOffsets().values());
      super.commitTransaction();
      records.addAll(sent);
      transactions.add(sent.size());
      offsets.forEach(consumer::commit);
    }
  }
}
