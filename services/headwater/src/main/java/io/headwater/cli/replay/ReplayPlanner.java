package io.headwater.cli.replay;

import io.headwater.avro.ModelRef;
import io.headwater.avro.ReplayPlan;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ModelFolder;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Makes the plan of a new replay, with all that its services need, or finds the one of a replay
 * that goes on. The plan is written last: what was interrupted before is begun anew.
 */
final class ReplayPlanner {
  private static final long TELL_EVERY_NANOS = 3_000_000_000L;

  private final RiverAccess river;
  private final KafkaConnection kafka;
  private final Settings live;
  private final Clock clock;
  private final PrintWriter err;

  /**
   * A planner for the river that {@code live} and {@code river} lead to.
   *
   * @param err is told what takes long
   */
  ReplayPlanner(
      RiverAccess river, KafkaConnection kafka, Settings live, Clock clock, PrintWriter err) {
    this.river = river;
    this.kafka = kafka;
    this.live = live;
    this.clock = clock;
    this.err = err;
  }

  /**
   * The plan.
   *
   * @throws CommandFailure when it does not fit what is asked for, or there is nothing to plan
   */
  ReplayPlan planOrResume(ReplayRequest request, BooleanSupplier isStopped) {
    ReplayGroups groups = new ReplayGroups(river, request.name());
    Optional<ReplayPlan> known = new ReplayPlans(river).find(request.name());
    if (known.isEmpty()) {
      return plan(request, groups, isStopped);
    }
    List<String> misfits = request.misfits(known.get());
    if (!misfits.isEmpty()) {
      throw new CommandFailure(
          "replay %s was planned with %s; leave that out to go on with it, or choose another name"
              .formatted(request.name().name(), String.join(", ", misfits)));
    }
    if (known.get().getOutcome() == null) {
      groups.requireResumable(known.get());
    }
    return known.get();
  }

  private ReplayPlan plan(ReplayRequest request, ReplayGroups groups, BooleanSupplier isStopped) {
    ReplayName name = request.name();
    String task = request.task().orElse(HeadwaterTopics.SENTIMENT);
    ModelId model = request.model().orElseGet(() -> configured(task));
    requireModel(model, task);
    HeadwaterTopics.TASKS.stream()
        .filter(other -> !other.equals(task))
        .forEach(
            other ->
                live.text(ReplaySettings.modelOf(other))
                    .ifPresent(id -> requireModel(ModelId.parse(id), other)));
    TopicDescription source =
        source(request.topic().orElse(river.topics().messages().name()), name.livePrefix());
    HeadwaterTopics topics = HeadwaterTopics.of(name.prefix(), source.name());
    requireSchema(topics.messages());
    TimePoint from = request.from().orElse(TimePoint.EARLIEST);
    TimePoint to = request.to().orElse(TimePoint.LATEST);
    SourceScan.Found found = scan(name, source.name(), from, to, isStopped);
    ReplayPlan plan =
        ReplayPlan.newBuilder()
            .setName(name.name())
            .setTopic(source.name())
            .setFrom(from.text())
            .setTo(to.text())
            .setTask(task)
            .setModel(new ModelRef(model.id(), model.version()))
            .setSettings(ReplaySettings.kept(live))
            .setRanges(found.ranges())
            .setFirstTimestamp(found.first())
            .setLastTimestamp(found.last())
            .setCreatedAt(clock.instant())
            .build();
    prepare(topics, source);
    groups.begin(plan);
    new ReplayPlans(river).put(plan);
    return plan;
  }

  private ModelId configured(String task) {
    String setting = ReplaySettings.modelOf(task);
    return live.text(setting)
        .map(ModelId::parse)
        .orElseThrow(
            () ->
                new CommandFailure("%s is empty: choose a model with --model".formatted(setting)));
  }

  private void requireModel(ModelId id, String task) {
    ModelPackage model = ModelFolder.of(live).open(id);
    if (!model.task().equals(task)) {
      throw new InvalidModelPackageException(
          model.folder(), "its task is " + model.task() + ", not " + task);
    }
  }

  /** The topic of that name: the river's, with its prefix, or else any. */
  private TopicDescription source(String name, String prefix) {
    Set<String> existing = river.ask(() -> river.admin().listTopics().names().get());
    String full = existing.contains(prefix + name) ? prefix + name : name;
    if (!existing.contains(full)) {
      throw new CommandFailure("there is no topic %s to replay".formatted(name));
    }
    Map<String, TopicDescription> found =
        river.ask(() -> river.admin().describeTopics(List.of(full)).allTopicNames().get());
    return found.values().iterator().next();
  }

  private void requireSchema(Topic<?> messages) {
    if (river.ask(() -> river.registry().idOf(messages)).isEmpty()) {
      throw new CommandFailure(
          ("the schema of %s is not registered: run `headwater schemas register --set"
                  + " messages.topic=%s`")
              .formatted(messages.subject(), messages.name()));
    }
  }

  private SourceScan.Found scan(
      ReplayName name, String topic, TimePoint from, TimePoint to, BooleanSupplier isStopped) {
    Instant now = clock.instant();
    if (to.time().filter(time -> time.isAfter(now)).isPresent()) {
      throw new CommandFailure(
          "--to %s has not come yet: use --to now, or an earlier time".formatted(to.text()));
    }
    long[] told = {System.nanoTime()};
    SourceScan.Found found =
        river.ask(
            () -> {
              try (Consumer<byte[], byte[]> consumer =
                  OutputFollower.consumer(kafka, name.progressClient())) {
                return new SourceScan(consumer, isStopped, counted -> tell(told, counted))
                    .scan(topic, from, to);
              }
            });
    if (found.messages() == 0) {
      throw new CommandFailure(
          "there are no messages in %s from %s to %s".formatted(topic, from.text(), to.text()));
    }
    return found;
  }

  private void tell(long[] told, long counted) {
    if (System.nanoTime() - told[0] >= TELL_EVERY_NANOS) {
      told[0] = System.nanoTime();
      err.println("counting the messages: %,d so far".formatted(counted));
      err.flush();
    }
  }

  private void prepare(HeadwaterTopics topics, TopicDescription source) {
    TopicPlan shape =
        TopicPlan.of(source.partitions().size(), source.partitions().get(0).replicas().size());
    river.ask(
        () -> {
          shape.createPlans(river.admin(), river.topics());
          shape.createForReplay(river.admin(), topics);
          river.registry().register(List.of(river.topics().replays()));
          river.registry().register(topics.results());
          return true;
        });
  }
}
