package io.headwater.tokenizer;

import io.headwater.schemas.HeadwaterTopics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The tokenizer's flow. A pure function of its arguments.
 *
 * <pre>
 *   messages → intake → tokenize → tokens.translation, or dead-letters
 *   scores.translation → tokenize → tokens.sentiment, or dead-letters
 * </pre>
 *
 * <p>Where nothing is translated, the first hop writes {@code tokens.sentiment}, and there is no
 * second.
 */
final class TokenizerTopology {
  private static final String INTAKE = "intake";

  private final HeadwaterTopics topics;
  private final Topology topology = new Topology();

  private TokenizerTopology(HeadwaterTopics topics) {
    this.topics = topics;
  }

  /** No flow yet. */
  static TokenizerTopology in(HeadwaterTopics topics) {
    return new TokenizerTopology(topics);
  }

  /** Adds the hop that begins with the messages. */
  TokenizerTopology first(
      Hop<?> hop, Intake intake, ProcessorSupplier<byte[], byte[], byte[], Routed> step) {
    source(hop);
    topology.addProcessor(INTAKE, intake.gates(), hop.source());
    topology.addProcessor(hop.step(), step, INTAKE);
    sinks(hop);
    return this;
  }

  /** Adds a hop that begins with what another service made of an earlier one's tokens. */
  TokenizerTopology then(Hop<?> hop, ProcessorSupplier<byte[], byte[], byte[], Routed> step) {
    source(hop);
    topology.addProcessor(hop.step(), step, hop.source());
    sinks(hop);
    return this;
  }

  /** What Kafka Streams runs. */
  Topology build() {
    return topology;
  }

  private void source(Hop<?> hop) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        hop.source(),
        new RecordTimestamps(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        hop.from().name());
  }

  private void sinks(Hop<?> hop) {
    sink(hop.tokensSink(), hop.to().name(), hop.step());
    if (hop.hasTrials()) {
      sink(hop.besideSink(), topics.shadowTokens().name(), hop.step());
    }
    sink(hop.deadLettersSink(), topics.deadLetters().name(), hop.step());
  }

  private void sink(String name, String topic, String parent) {
    topology.addSink(
        name,
        topic,
        new ByteArraySerializer(),
        new Routed.Bytes(),
        new Routed.ToItsPartition(),
        parent);
  }
}
