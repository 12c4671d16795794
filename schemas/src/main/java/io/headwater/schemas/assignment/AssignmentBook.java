package io.headwater.schemas.assignment;

import io.headwater.avro.ModelAssignment;
import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes assignments, one change after another, whoever makes them and wherever: all writers of a
 * river have one transactional id, so that a writer who begins fences off the one who has read but
 * not yet written, and that one begins again with what the other wrote.
 */
public final class AssignmentBook {
  private static final Logger LOG = LoggerFactory.getLogger(AssignmentBook.class);
  private static final int MOST_ATTEMPTS = 10;

  private final Supplier<CompactedTable<ModelAssignment>> tables;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final RecordEncoder<ModelAssignment> encoder;
  private final String topic;

  /**
   * A book.
   *
   * @param tables makes tables that have read nothing yet
   * @param producers makes producers with {@link #producerProperties}, not initialised
   * @param topic name of the topic that the encoder is for
   */
  public AssignmentBook(
      Supplier<CompactedTable<ModelAssignment>> tables,
      Supplier<Producer<byte[], byte[]>> producers,
      RecordEncoder<ModelAssignment> encoder,
      String topic) {
    this.tables = tables;
    this.producers = producers;
    this.encoder = encoder;
    this.topic = topic;
  }

  /**
   * Properties of the writers of a river, under those of the user.
   *
   * @param prefix of the river's topics
   */
  public static Map<String, Object> producerProperties(String prefix) {
    String writer = new HeadwaterGroups(prefix).assignmentWriter();
    return Map.of(
        "transactional.id",
        writer,
        "client.id",
        writer,
        "transaction.timeout.ms",
        "15000",
        "delivery.timeout.ms",
        "14000",
        "request.timeout.ms",
        "10000",
        "max.block.ms",
        "15000",
        "acks",
        "all");
  }

  /**
   * Changes a task's assignment. Its revision grows by one.
   *
   * @param change is given the assignment as it is, and gives what it becomes, or nothing to leave
   *     it; may be called several times, each time with the newest
   * @return what was written; empty when it was left
   */
  public Optional<ModelAssignment> change(
      String task, Function<Optional<ModelAssignment>, Optional<ModelAssignment>> change) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      try (Producer<byte[], byte[]> producer = producers.get();
          CompactedTable<ModelAssignment> table = tables.get()) {
        return changed(task, change, producer, table);
      } catch (KafkaException e) {
        if (!isFenced(e)) {
          throw e;
        }
        LOG.info("event=assignment_changed_by_another task={} attempt={}", task, attempt);
      }
    }
    throw new IllegalStateException(
        "others change the assignment of %s all the time: try again".formatted(task));
  }

  private Optional<ModelAssignment> changed(
      String task,
      Function<Optional<ModelAssignment>, Optional<ModelAssignment>> change,
      Producer<byte[], byte[]> producer,
      CompactedTable<ModelAssignment> table) {
    producer.initTransactions();
    table.readToEnd();
    Optional<ModelAssignment> known = Optional.ofNullable(table.values().get(task));
    Optional<ModelAssignment> next = change.apply(known);
    next.ifPresent(
        assignment -> {
          assignment.setRevision(known.map(ModelAssignment::getRevision).orElse(0L) + 1);
          producer.beginTransaction();
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      topic, 0, task.getBytes(StandardCharsets.UTF_8), encoder.encode(assignment)));
          // Throws when the sending has failed.
          producer.commitTransaction();
        });
    return next;
  }

  private static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }
}
