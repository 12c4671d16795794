package io.headwater.aggregator.models;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.Origin;
import io.headwater.avro.ShadowTrial;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.schemas.assignment.AssignmentBook;
import io.headwater.schemas.assignment.AssignmentClients;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.schemas.assignment.CompactedTable;
import io.headwater.schemas.assignment.LiveInstances;
import io.headwater.schemas.assignment.ModelFollower;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what is assigned, what the instances say, and what trials give; takes a canary back that
 * breaks its limits. Owns its thread. Every instance of the aggregator does so: the first that
 * writes a rollback wins, and the others find that there is nothing left to do.
 */
public final class ModelWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_WAITING = 100_000;
  private static final long LONGEST_END_MILLIS = 30_000;

  private final CompactedTable<ModelAssignment> assignments;
  private final CompactedTable<ModelStatus> statuses;
  private final TrialReader trials;
  private final AssignmentBook book;
  private final Clock clock;
  private final Thread thread = new Thread(this::watch, "headwater-aggregator-models");
  private volatile List<ModelsView> views = List.of();
  private volatile boolean closing;
  private Optional<Counted> shadow = Optional.empty();
  private Optional<Counted> canary = Optional.empty();

  /** A trial that is counted: when another begins, its counts begin anew. */
  private record Counted(Object trial, ModelRef active, TrialCounts counts) {}

  /** A watch that has not begun. It closes tables and reader. */
  ModelWatch(
      CompactedTable<ModelAssignment> assignments,
      CompactedTable<ModelStatus> statuses,
      TrialReader trials,
      AssignmentBook book,
      Clock clock) {
    this.assignments = assignments;
    this.statuses = statuses;
    this.trials = trials;
    this.book = book;
    this.clock = clock;
  }

  /** The watch of an instance. */
  public static ModelWatch of(AssignmentClients clients, String instance, Clock clock) {
    String clientId =
        "%sheadwater-aggregator-models-%s".formatted(clients.topics().prefix(), instance);
    return new ModelWatch(
        clients.assignments(clientId),
        clients.statuses(clientId),
        new TrialReader(
            new KafkaConsumer<>(
                clients.consumers().apply(CompactedTable.consumerProperties(clientId)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            clients.topics(),
            clients.registry()),
        clients.book(),
        clock);
  }

  /** Begins to watch. */
  public void start() {
    thread.start();
  }

  /** The tasks as they are served now; none until something is known. Any thread. */
  public List<ModelsView> views() {
    return views;
  }

  private void watch() {
    while (!closing) {
      try {
        turn();
      } catch (WakeupException | InterruptException e) {
        closing = true;
      } catch (KafkaException | RegistryUnavailableException | IllegalStateException e) {
        LOG.warn("event=models_not_watched reason=\"{}\"", e.getMessage());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  private void turn() {
    assignments.poll(POLL);
    statuses.poll(Duration.ZERO);
    Optional<ModelAssignment> sentiment =
        Optional.ofNullable(assignments.values().get(HeadwaterTopics.SENTIMENT));
    follow(sentiment);
    trials.poll(POLL, new Counting());
    sentiment.ifPresent(this::judge);
    views = HeadwaterTopics.TASKS.stream().map(this::view).flatMap(Optional::stream).toList();
  }

  private void follow(Optional<ModelAssignment> assignment) {
    shadow =
        assignment.flatMap(
            known -> Optional.ofNullable(known.getShadow()).map(trial -> shadow(known, trial)));
    canary =
        assignment.flatMap(
            known -> Optional.ofNullable(known.getCanary()).map(trial -> canary(known, trial)));
    if (shadow.isPresent() || canary.isPresent()) {
      trials.begin();
    } else {
      trials.end();
    }
  }

  private Counted shadow(ModelAssignment known, ShadowTrial trial) {
    return counted(shadow, trial, known.getModel(), known.getModel(), trial.getModel());
  }

  private Counted canary(ModelAssignment known, CanaryTrial trial) {
    return counted(canary, trial, known.getModel(), trial.getModel(), known.getModel());
  }

  private static Counted counted(
      Optional<Counted> before, Object trial, ModelRef active, ModelRef live, ModelRef beside) {
    return before
        .filter(counted -> counted.trial().equals(trial) && counted.active().equals(active))
        .orElseGet(() -> new Counted(trial, active, new TrialCounts(live, beside, MOST_WAITING)));
  }

  /** Tells both trials: each knows which models are its own. */
  private final class Counting implements TrialReader.Listener {
    @Override
    public void live(Origin message, ModelRef model, String label) {
      shadow.ifPresent(trial -> trial.counts().live(message, model, label));
      canary.ifPresent(trial -> trial.counts().live(message, model, label));
    }

    @Override
    public void beside(Origin message, ModelRef model, String label) {
      shadow.ifPresent(trial -> trial.counts().beside(message, model, label));
      canary.ifPresent(trial -> trial.counts().beside(message, model, label));
    }

    @Override
    public void failed(ModelRef model) {
      canary.ifPresent(trial -> trial.counts().liveFailed(model));
    }
  }

  private void judge(ModelAssignment judged) {
    CanaryTrial trial = judged.getCanary();
    if (trial == null) {
      return;
    }
    canary
        .flatMap(counted -> CanaryJudgement.fault(trial, counted.counts()))
        .ifPresent(fault -> takeBack(judged, trial, fault));
  }

  /** Only what was judged is taken back: somebody may have changed the assignment meanwhile. */
  private void takeBack(ModelAssignment judged, CanaryTrial trial, String fault) {
    boolean written =
        book.change(
                judged.getTask(),
                known ->
                    known
                        .filter(now -> now.getRevision() == judged.getRevision())
                        .map(now -> Assignments.canaryRolledBack(now, fault, clock.instant())))
            .isPresent();
    if (written) {
      LOG.warn(
          "event=canary_rolled_back task={} model={} reason=\"{}\"",
          judged.getTask(),
          ModelFollower.name(trial.getModel()),
          fault);
    }
    // What was just written must be known before anything is judged again.
    assignments.readToEnd();
  }

  private Optional<ModelsView> view(String task) {
    Optional<ModelAssignment> assignment = Optional.ofNullable(assignments.values().get(task));
    LiveInstances live = LiveInstances.of(statuses.values().values(), task, clock.instant());
    if (assignment.isEmpty() && live.statuses().isEmpty()) {
      return Optional.empty();
    }
    boolean isTried = task.equals(HeadwaterTopics.SENTIMENT);
    return Optional.of(
        ViewMaker.of(
            task,
            assignment,
            live,
            isTried ? shadow.map(Counted::counts) : Optional.empty(),
            isTried ? canary.map(Counted::counts) : Optional.empty()));
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join(LONGEST_END_MILLIS);
    assignments.close();
    statuses.close();
    trials.close();
  }
}
