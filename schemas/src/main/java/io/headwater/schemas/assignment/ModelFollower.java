package io.headwater.schemas.assignment;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.ModelStatus;
import io.headwater.avro.Readiness;
import io.headwater.avro.ShadowTrial;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which models serve an instance's tasks: makes them ready, on a thread of its own, lets
 * them serve, and tells the river how far it is.
 *
 * <p>A model that cannot be had never serves: the one that served goes on, and the instance says
 * so. It is tried again every few seconds, since somebody may be copying it in.
 */
public final class ModelFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_END_MILLIS = 60_000;

  private final Seat seat;
  private final CompactedTable<ModelAssignment> table;
  private final StatusAnnouncer announcer;
  private final ModelHost host;
  private final Map<String, Duty> duties = new TreeMap<>();
  private final Map<String, String> complaints = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Whose models these are.
   *
   * @param service name of the service
   * @param instance id of the instance
   * @param configured the instance's tasks, and the model of each where none is assigned
   */
  public record Seat(String service, String instance, Map<String, ModelRef> configured) {
    public Seat {
      configured = Map.copyOf(configured);
    }
  }

  /** The model that serves cannot be had here: the instance must not run. */
  public static final class ActiveModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ActiveModelException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A task as this instance does it now. */
  private static final class Duty {
    private @Nullable ModelRef active;
    private long revision;
    private Set<ModelRef> ready = Set.of();
    private boolean isIncomplete;
    private long lastTry;
  }

  /** A follower that has not begun. It closes table and announcer. */
  public ModelFollower(
      Seat seat, CompactedTable<ModelAssignment> table, StatusAnnouncer announcer, ModelHost host) {
    this.seat = seat;
    this.table = table;
    this.announcer = announcer;
    this.host = host;
    this.thread = new Thread(this::follow, "headwater-models-" + seat.service());
    seat.configured().keySet().forEach(task -> duties.put(task, new Duty()));
  }

  /**
   * Reads what is assigned and lets it serve, on this thread; then follows, on its own.
   *
   * @throws ActiveModelException when a model that serves cannot be had
   */
  public void begin() {
    table.readToEnd();
    for (Map.Entry<String, Duty> duty : duties.entrySet()) {
      act(duty.getKey(), duty.getValue());
    }
    thread.start();
  }

  /** What is not as it was assigned, in words; empty while all is. Any thread. */
  public Optional<String> complaint() {
    return complaints.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", new TreeMap<>(complaints).values()));
  }

  private void follow() {
    while (!closing) {
      try {
        boolean changed = table.poll(POLL);
        duties.forEach(
            (task, duty) -> {
              boolean again =
                  duty.isIncomplete && System.nanoTime() - duty.lastTry > ASK_AGAIN_NANOS;
              if (again || (changed && duty.revision != wanted(task).getRevision())) {
                act(task, duty);
              }
            });
      } catch (WakeupException | InterruptException e) {
        closing = true;
      } catch (KafkaException e) {
        LOG.warn("event=models_not_read reason=\"{}\"", e.getMessage());
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private ModelAssignment wanted(String task) {
    ModelAssignment known = table.values().get(task);
    ModelRef configured = seat.configured().get(task);
    if (known != null) {
      return known;
    }
    if (configured == null) {
      throw new IllegalStateException("No model for " + task);
    }
    return Assignments.configured(task, configured);
  }

  private void act(String task, Duty duty) {
    ModelAssignment wanted = wanted(task);
    Map<ModelRef, RuntimeException> refused = new LinkedHashMap<>();
    Set<ModelRef> ready = new LinkedHashSet<>();
    for (ModelRef model : needed(wanted)) {
      if (!duty.ready.contains(model)) {
        announce(task, duty, wanted, Readiness.PREPARING, "loads " + name(model));
      }
      try {
        host.prepare(task, model);
        ready.add(model);
      } catch (RuntimeException e) {
        LOG.warn(
            "event=model_refused task={} model={} reason=\"{}\"", task, name(model), e.toString());
        refused.put(model, e);
      }
    }
    settle(task, duty, wanted, ready, refused);
  }

  private static List<ModelRef> needed(ModelAssignment wanted) {
    List<ModelRef> needed = new ArrayList<>();
    needed.add(wanted.getModel());
    needed.addAll(Assignments.candidates(wanted));
    return needed;
  }

  private void settle(
      String task,
      Duty duty,
      ModelAssignment wanted,
      Set<ModelRef> ready,
      Map<ModelRef, RuntimeException> refused) {
    duty.lastTry = System.nanoTime();
    duty.isIncomplete = !refused.isEmpty();
    duty.revision = wanted.getRevision();
    duty.ready = Set.copyOf(ready);
    RuntimeException why = refused.get(wanted.getModel());
    if (why == null) {
      duty.active = wanted.getModel();
      host.serve(feasible(wanted, refused.keySet()), duty.ready);
      complaints.remove(task);
    } else {
      complaints.put(task, complaint(task, wanted, why, duty));
    }
    announce(
        task,
        duty,
        wanted,
        refused.isEmpty() ? Readiness.READY : Readiness.REFUSED,
        refused.entrySet().stream()
            .map(entry -> name(entry.getKey()) + ": " + entry.getValue().getMessage())
            .collect(Collectors.joining("; ")));
    if (why != null && duty.active == null) {
      throw new ActiveModelException(complaint(task, wanted, why, duty), why);
    }
  }

  private static String complaint(
      String task, ModelAssignment wanted, RuntimeException why, Duty duty) {
    String instead =
        duty.active == null ? "" : "; meanwhile %s goes on".formatted(name(duty.active));
    return "%s serves %s and cannot be had here: %s%s"
        .formatted(name(wanted.getModel()), task, why.getMessage(), instead);
  }

  /** Without the trials of models that cannot be had: nothing is stamped with them here. */
  private static ModelAssignment feasible(ModelAssignment wanted, Set<ModelRef> refused) {
    ModelAssignment.Builder feasible = ModelAssignment.newBuilder(wanted);
    CanaryTrial canary = wanted.getCanary();
    if (canary != null && refused.contains(canary.getModel())) {
      feasible.clearCanary();
    }
    ShadowTrial shadow = wanted.getShadow();
    if (shadow != null && refused.contains(shadow.getModel())) {
      feasible.clearShadow();
    }
    return feasible.build();
  }

  @SuppressWarnings("NullAway") // generated builders take null for optional fields
  private void announce(
      String task, Duty duty, ModelAssignment wanted, Readiness state, String detail) {
    List<ModelRef> candidates = new ArrayList<>(duty.ready);
    candidates.remove(duty.active);
    announcer.announce(
        ModelStatus.newBuilder()
            .setService(seat.service())
            .setInstance(seat.instance())
            .setTask(task)
            .setActive(duty.active)
            .setCandidates(candidates)
            .setRevision(wanted.getRevision())
            .setState(state)
            .setDetail(detail)
            .setAt(Clock.systemUTC().instant())
            .build());
  }

  /** A model as people write it. */
  public static String name(ModelRef model) {
    return model.getId() + "@" + model.getVersion();
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    table.wakeup();
    thread.join(LONGEST_END_MILLIS);
    table.close();
    announcer.close();
  }
}
