package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.models.ModelId;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.assignment.AssignmentBook;
import io.headwater.schemas.assignment.AssignmentClients;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.CompactedTable;
import io.headwater.schemas.assignment.LiveInstances;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Which models serve in a river, and what its instances say, for a command. One thread. */
final class RiverModels implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String CLIENT = "headwater-models-command";

  private final RiverAccess river;
  private final AssignmentClients clients;
  private final AssignmentBook book;
  private final CompactedTable<ModelStatus> statuses;
  private final Settings settings;

  private RiverModels(RiverAccess river, KafkaConnection kafka, Settings settings) {
    this.river = river;
    this.settings = settings;
    this.clients =
        new AssignmentClients(
            river.topics(), river.registry(), kafka::forConsumer, kafka::forProducer);
    this.book = clients.book();
    this.statuses = clients.statuses(CLIENT);
  }

  /** Opens a river, and reads what its instances have said. */
  static RiverModels open(Settings settings) {
    KafkaConnection kafka = KafkaConnection.from(settings);
    RiverAccess river = RiverAccess.open(kafka);
    try {
      river.require(river.topics().assignments());
      RiverModels models = new RiverModels(river, kafka, settings);
      models.ask(
          () -> {
            models.statuses.readToEnd();
            return true;
          });
      return models;
    } catch (RuntimeException e) {
      river.close();
      throw e;
    }
  }

  private <T> T ask(RiverAccess.Question<T> question) {
    return river.ask(question);
  }

  /** All assignments by task. */
  Map<String, ModelAssignment> assignments() {
    return ask(
        () -> {
          try (CompactedTable<ModelAssignment> table = clients.assignments(CLIENT)) {
            table.readToEnd();
            return new TreeMap<>(table.values());
          }
        });
  }

  /** A task's assignment; where there is none, what its instances go by. */
  ModelAssignment assignment(String task) {
    return Optional.ofNullable(assignments().get(task)).orElseGet(() -> unassigned(task));
  }

  /** The instances that do a task and live, as far as they are known by now. */
  LiveInstances live(String task) {
    return LiveInstances.of(statuses.values().values(), task, Instant.now());
  }

  /** The same after a short while, in which some may have said more. */
  LiveInstances liveNext(String task) {
    ask(() -> statuses.poll(POLL));
    return live(task);
  }

  /** Changes a task's assignment, as it is when it is changed. */
  Optional<ModelAssignment> change(
      String task, Function<ModelAssignment, Optional<ModelAssignment>> change) {
    return ask(
        () -> book.change(task, known -> change.apply(known.orElseGet(() -> unassigned(task)))));
  }

  private ModelAssignment unassigned(String task) {
    return Assignments.configured(
        task, live(task).active().or(() -> configured(task)).orElseThrow(() -> nobody(task)));
  }

  private Optional<ModelRef> configured(String task) {
    String setting =
        task.equals(HeadwaterTopics.TRANSLATION) ? "translation.model" : "sentiment.model";
    return settings
        .text(setting)
        .map(ModelId::parse)
        .map(id -> new ModelRef(id.id(), id.version()));
  }

  private static CommandFailure nobody(String task) {
    return new CommandFailure(
        ("no instance does %s: set %s.model for tokenizer and scorer, and start them; the topics of"
                + " a river cannot change while it runs")
            .formatted(task, task));
  }

  @Override
  public void close() {
    try {
      statuses.close();
    } finally {
      river.close();
    }
  }
}
