package io.headwater.tokenizer;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionEvent;
import io.headwater.avro.Origin;
import io.headwater.avro.TokenSequence;
import io.headwater.models.text.TokenizerClosedException;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.streams.PromptCommit;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.HeadwaterHeaders;
import io.headwater.schemas.RecordSize;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.tokenizer.plan.KeyedPlanner;
import io.headwater.tokenizer.plan.Plans;
import io.headwater.tokenizer.plan.Tokenization;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of a hop: takes one record's bytes to the next task's topic, or to the dead letters.
 * Runs on a stream thread, one instance a partition.
 *
 * @param <V> type of the records that are read
 */
final class TokenizeProcessor<V extends SpecificRecord>
    implements Processor<byte[], byte[], byte[], Routed> {
  private static final Logger LOG = LoggerFactory.getLogger(TokenizeProcessor.class);

  /** Well under max.poll.interval.ms, so that a registry's outage is no rebalance. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Hop<V> hop;
  private final HopCodecs<V> codecs;
  private final KeyedPlanner<V> planner;
  private final TokenizerMetrics metrics;
  private final DeadLetterBreaker breaker;
  private final RetryPolicy<Object> registryRetry;
  private @Nullable ProcessorContext<byte[], Routed> context;
  private @Nullable PromptCommit commit;

  TokenizeProcessor(
      Hop<V> hop,
      HopCodecs<V> codecs,
      KeyedPlanner<V> planner,
      TokenizerMetrics metrics,
      DeadLetterBreaker breaker) {
    this.hop = hop;
    this.codecs = codecs;
    this.planner = planner;
    this.metrics = metrics;
    this.breaker = breaker;
    this.registryRetry =
        RetryPolicy.builder()
            .handle(RegistryUnavailableException.class)
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
            .withMaxRetries(-1)
            .withMaxDuration(PATIENCE)
            .onRetry(this::registryRetry)
            .build();
  }

  @Override
  public void init(ProcessorContext<byte[], Routed> given) {
    this.context = given;
    this.commit = new PromptCommit(given);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata position =
        current().recordMetadata().orElseThrow(() -> new IllegalStateException("No position"));
    // Other threads may have opened it: what they found holds for this one's records as well.
    breaker.check();
    metrics.recordIn();
    Decoded<V> decoded =
        Failsafe.with(registryRetry).get(() -> codecs.records().decode(record.value()));
    if (decoded instanceof Decoded.Undecodable<V> bad) {
      bury(record, position, bad.cause(), bad.detail());
    } else if (decoded instanceof Decoded.Healthy<V> healthy) {
      tokenize(record, position, healthy.value());
    }
    if (commit != null) {
      commit.afterRecord();
    }
  }

  private void registryRetry(ExecutionEvent attempt) {
    metrics.registryRetry();
    LOG.warn("event=registry_retry attempt={}", attempt.getAttemptCount());
  }

  private void tokenize(Record<byte[], byte[]> record, RecordMetadata position, V value) {
    Origin place = new Origin(position.topic(), position.partition(), position.offset());
    Plans plans = planOrRefuse(value, place, routingKey(record, place));
    Tokenization outcome = plans.live();
    if (outcome instanceof Planned planned) {
      // Before the headers of the record are given their last form.
      plans.beside().ifPresent(sequence -> sendBeside(record, position, sequence));
      send(record, position, planned.sequence());
    } else if (outcome instanceof Refused refused) {
      bury(record, position, refused.cause(), refused.detail());
    }
  }

  /** Whatever the tokenizer throws is this record's own fault: its neighbours must go on. */
  private Plans planOrRefuse(V value, Origin place, byte[] key) {
    try {
      return planner.plan(value, place, key);
    } catch (TokenizerClosedException e) {
      // The service ends and this thread has not noticed: its transaction is given up, and the
      // record is read again by whoever comes next.
      throw e;
    } catch (RuntimeException e) {
      LOG.warn(
          "event=tokenizer_failure topic={} partition={} offset={} failure={}",
          place.getTopic(),
          place.getPartition(),
          place.getOffset(),
          e.getClass().getName());
      return Plans.only(
          new Refused(
              DeadLetterCause.TOKENIZER_FAILURE,
              "The tokenizer failed on the text: " + e.getClass().getSimpleName()));
    }
  }

  /** What chooses a record's model: its key, or its place where it has none. */
  private static byte[] routingKey(Record<byte[], byte[]> record, Origin place) {
    return record.key() == null
        ? (place.getPartition() + "-" + place.getOffset()).getBytes(StandardCharsets.US_ASCII)
        : record.key();
  }

  /** Tokens for the other model of a trial; what is too large for the topic is not tried. */
  private void sendBeside(
      Record<byte[], byte[]> record, RecordMetadata position, TokenSequence sequence) {
    byte[] value = Failsafe.with(registryRetry).get(() -> codecs.beside().encode(sequence));
    long size = value.length + RecordSize.of(record.key());
    if (size <= codecs.maxRecordBytes()) {
      current()
          .forward(
              record
                  .withValue(new Routed(value, position.partition()))
                  .withHeaders(new RecordHeaders()),
              hop.besideSink());
    }
  }

  private void send(
      Record<byte[], byte[]> record, RecordMetadata position, TokenSequence sequence) {
    byte[] value = Failsafe.with(registryRetry).get(() -> codecs.tokens().encode(sequence));
    // Key and headers go on with the tokens.
    long size = value.length + RecordSize.of(record.key()) + RecordSize.of(record.headers());
    if (size > codecs.maxRecordBytes()) {
      bury(
          record,
          position,
          DeadLetterCause.RESULT_TOO_LARGE,
          "The token sequence has %d bytes with its key and headers; the topic takes %d"
              .formatted(size, codecs.maxRecordBytes()));
      return;
    }
    breaker.passed();
    metrics.sequenceOut(sequence, record.timestamp());
    Record<byte[], Routed> out = record.withValue(new Routed(value, position.partition()));
    // The second hop's time takes the place of the first's.
    HeadwaterHeaders.put(out.headers(), HeadwaterHeaders.TOKENIZED_AT, metrics.now());
    current().forward(out, hop.tokensSink());
  }

  private void bury(
      Record<byte[], byte[]> record,
      RecordMetadata position,
      DeadLetterCause cause,
      String detail) {
    var letter =
        new DeadLetters.Builder(
                TokenizerService.NAME,
                new DeadLetters.Position(
                    position.topic(), position.partition(), position.offset(), record.timestamp()))
            .bytes(record.key(), record.value())
            .headers(record.headers())
            .because(cause, detail);
    DeadLetters.Written written =
        Failsafe.with(registryRetry)
            .get(() -> DeadLetters.written(codecs.deadLetters(), letter, record.key()));
    breaker.failed(cause.name());
    breaker.check();
    metrics.deadLetter(cause);
    current()
        .forward(
            // The letter holds the headers; on the record too, they could make it too large.
            record
                .withKey(written.key())
                .withValue(new Routed(written.bytes(), position.partition()))
                .withHeaders(new RecordHeaders()),
            hop.deadLettersSink());
  }

  private ProcessorContext<byte[], Routed> current() {
    ProcessorContext<byte[], Routed> known = context;
    if (known == null) {
      throw new IllegalStateException("Used before init");
    }
    return known;
  }
}
