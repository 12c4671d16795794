package io.headwater.aggregator.topology;

import io.headwater.aggregator.join.ArrivedMessage;
import io.headwater.aggregator.join.Pending;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.aggregator.topology.JoinOutcome.Joined;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.streams.PromptCommit;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordSize;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Joins messages with their results on the message's origin, whichever comes first. All records of
 * a message are in the same partition number of their topics, so one task sees them all, whatever
 * their keys. Belongs to the task's stream thread.
 */
final class JoinProcessor implements Processor<byte[], byte[], byte[], JoinOutcome> {
  private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

  /** Bytes of a record and its batch around key and value, generously. */
  private static final int RECORD_OVERHEAD = 1_024;

  private final AggregatorCodecs codecs;
  private final TopologyOptions options;
  private final AggregatorMetrics metrics;
  private final RegistryPatience patience;
  private final DeadLetterBreaker breaker;
  private final LetterWriter letters;
  private final RiverProgress progress;
  private @Nullable ProcessorContext<byte[], JoinOutcome> context;
  private @Nullable PendingStore pending;
  private @Nullable PromptCommit commit;

  JoinProcessor(
      AggregatorCodecs codecs,
      TopologyOptions options,
      AggregatorMetrics metrics,
      RegistryPatience patience,
      DeadLetterBreaker breaker) {
    this.codecs = codecs;
    this.options = options;
    this.metrics = metrics;
    this.patience = patience;
    this.breaker = breaker;
    this.progress = new RiverProgress(codecs.messages().topic().name());
    this.letters =
        new LetterWriter(
            codecs.deadLetters(),
            patience,
            metrics,
            AggregatorTopology.largestBytes(options.maxRecordBytes()) - RECORD_OVERHEAD);
  }

  @Override
  public void init(ProcessorContext<byte[], JoinOutcome> context) {
    this.context = context;
    this.commit = new PromptCommit(context);
    this.pending = new PendingStore(context.getStateStore(PendingStore.NAME), metrics);
    Duration tenth = options.pendingRetention().dividedBy(10).plusMillis(1);
    context.schedule(
        tenth.compareTo(LONGEST_SWEEP) < 0 ? tenth : LONGEST_SWEEP,
        PunctuationType.STREAM_TIME,
        streamTime ->
            pending().dropOlderThan(streamTime - options.pendingRetention().toMillis(), progress));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata position =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("Only records from topics come here"));
    String topic = position.topic();
    breaker.check();
    boolean isMessage = topic.equals(codecs.messages().topic().name());
    if (isMessage && !options.range().contains(position.partition(), position.offset())) {
      return;
    }
    metrics.recordIn(topic);
    if (isMessage) {
      message(record, position);
    } else if (topic.equals(codecs.sentiments().topic().name())) {
      result(
          codecs.sentiments(),
          record,
          position,
          score -> score.getOrigin(),
          (known, score) -> known.with(score, steps(record, position, HeadwaterHeaders.SCORED_AT)));
    } else {
      result(
          codecs.translations(),
          record,
          position,
          text -> text.getOrigin(),
          (known, text) ->
              known.with(text, steps(record, position, HeadwaterHeaders.TRANSLATED_AT)));
    }
  }

  @Override
  public void close() {
    if (pending != null) {
      pending.close();
      pending = null;
    }
  }

  private void message(Record<byte[], byte[]> record, RecordMetadata position) {
    long size = RecordSize.of(record.key()) + RecordSize.of(record.value());
    Decoded<Message> decoded = patience.ask(() -> codecs.messages().decode(record.value()));
    if (decoded instanceof Undecodable<Message> bad) {
      // The tokenizer reads the same record and writes its letter: one letter a record.
      metrics.skipped(position.topic(), bad.cause());
    } else if (size > options.maxRecordBytes()) {
      // Key and value each fit, and the insight holds both: it would not, nor would what waits.
      refuse(
          record,
          position,
          DeadLetterCause.RESULT_TOO_LARGE,
          "The insight of a message of %d bytes with its key is larger than its topic takes"
              .formatted(size));
    } else if (decoded instanceof Healthy<Message> healthy) {
      Origin origin = new Origin(position.topic(), position.partition(), position.offset());
      progress.message(origin);
      var arrived = new ArrivedMessage(record.key(), record.timestamp(), healthy.value());
      arrive(record, position, origin, known -> known.with(arrived));
    }
  }

  private <V extends SpecificRecord> void result(
      RecordDecoder<V> decoder,
      Record<byte[], byte[]> record,
      RecordMetadata position,
      Function<V, Origin> originOf,
      BiFunction<Pending, V, Pending> join) {
    Decoded<V> decoded = patience.ask(() -> decoder.decode(record.value()));
    if (decoded instanceof Undecodable<V> bad) {
      refuse(record, position, bad.cause(), bad.detail());
    } else if (decoded instanceof Healthy<V> healthy) {
      breaker.passed();
      V value = healthy.value();
      arrive(record, position, originOf.apply(value), known -> join.apply(known, value));
    }
  }

  private static TaskSteps steps(
      Record<byte[], byte[]> record, RecordMetadata position, String scoredAt) {
    return TaskSteps.of(record.headers(), scoredAt, position.offset());
  }

  private void arrive(
      Record<byte[], byte[]> record,
      RecordMetadata position,
      Origin origin,
      Function<Pending, Pending> join) {
    Optional<Pending> known = pending().get(origin);
    Pending now = join.apply(known.orElseGet(() -> Pending.since(context().currentStreamTimeMs())));
    if (now.message().isPresent()) {
      now.sentiment().ifPresent(score -> progress.result(HeadwaterTopics.SENTIMENT, origin));
      now.translation().ifPresent(text -> progress.result(HeadwaterTopics.TRANSLATION, origin));
    }
    if (!now.isComplete()) {
      pending().put(origin, now, known.isEmpty());
      return;
    }
    if (known.isPresent()) {
      pending().remove(origin);
    }
    finish(record, position, now, now.insight(origin));
  }

  private void finish(
      Record<byte[], byte[]> record, RecordMetadata position, Pending whole, Insight insight) {
    ArrivedMessage message = whole.message().orElseThrow();
    byte[] bytes = patience.ask(() -> codecs.insights().encode(insight));
    if (bytes.length + RecordSize.of(message.key()) > options.maxRecordBytes() - RECORD_OVERHEAD) {
      refuse(
          record,
          position,
          DeadLetterCause.RESULT_TOO_LARGE,
          "The insight of %s-%d@%d has %d bytes"
              .formatted(
                  insight.getOrigin().getTopic(),
                  insight.getOrigin().getPartition(),
                  insight.getOrigin().getOffset(),
                  bytes.length));
      return;
    }
    metrics.insight(
        options
            .eventTime()
            .believable(Optional.ofNullable(insight.getMessage().getSentAt()), message.timestamp()),
        message.timestamp());
    count(insight);
    forward(
        message.key(),
        new Joined(insight, bytes),
        message.timestamp(),
        whole.path(context().currentSystemTimeMs()).headers());
  }

  private void count(Insight insight) {
    if (insight.getSentiment() != null) {
      metrics.task(HeadwaterTopics.SENTIMENT, "done");
    }
    if (insight.getTranslation() != null) {
      boolean passed = insight.getTranslation().getPassedThrough();
      metrics.task(HeadwaterTopics.TRANSLATION, passed ? "passed" : "done");
    }
    insight.getSkipped().forEach(skipped -> metrics.task(skipped.getTask(), "skipped"));
  }

  private void refuse(
      Record<byte[], byte[]> record,
      RecordMetadata position,
      DeadLetterCause cause,
      String detail) {
    breaker.failed(cause.name());
    breaker.check();
    boolean keepsKey = RecordSize.of(record.key()) < options.maxRecordBytes();
    forward(
        keepsKey ? record.key() : null,
        letters.refuse(record, position, cause, detail),
        record.timestamp(),
        // The letter holds the headers; on the record too, they could make it too large.
        new RecordHeaders());
  }

  @SuppressWarnings("NullAway") // Kafka's keys may be null
  private void forward(
      byte @Nullable [] key, JoinOutcome outcome, long timestamp, Headers headers) {
    metrics.recordOut(
        outcome instanceof Joined
            ? codecs.topics().insights().name()
            : codecs.topics().deadLetters().name());
    context().forward(new Record<>(key, outcome, timestamp, headers));
    if (commit != null) {
      commit.afterRecord();
    }
  }

  private ProcessorContext<byte[], JoinOutcome> context() {
    if (context == null) {
      throw new IllegalStateException("Not initialised");
    }
    return context;
  }

  private PendingStore pending() {
    if (pending == null) {
      throw new IllegalStateException("Not initialised");
    }
    return pending;
  }
}
