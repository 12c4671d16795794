package io.headwater.tokenizer;

import io.headwater.schemas.HeadwaterTopics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The tokenizer's flow: {@code messages} → intake → tokenize → {@code tokens.sentiment}, or {@code
 * dead-letters}. A pure function of its arguments.
 */
final class TokenizerTopology {
  static final String TOKENS = "tokens";
  static final String DEAD_LETTERS = "dead-letters";
  private static final String MESSAGES = "messages";
  private static final String INTAKE = "intake";
  private static final String TOKENIZE = "tokenize";

  private TokenizerTopology() {}

  static Topology of(
      HeadwaterTopics topics,
      Intake intake,
      ProcessorSupplier<byte[], byte[], byte[], Routed> tokenize) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        MESSAGES,
        new RecordTimestamps(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.messages().name());
    topology.addProcessor(INTAKE, intake.gates(), MESSAGES);
    topology.addProcessor(TOKENIZE, tokenize, INTAKE);
    topology.addSink(
        TOKENS,
        topics.tokens(HeadwaterTopics.SENTIMENT).name(),
        new ByteArraySerializer(),
        new Routed.Bytes(),
        new Routed.ToItsPartition(),
        TOKENIZE);
    topology.addSink(
        DEAD_LETTERS,
        topics.deadLetters().name(),
        new ByteArraySerializer(),
        new Routed.Bytes(),
        new Routed.ToItsPartition(),
        TOKENIZE);
    return topology;
  }
}
