package io.headwater.tokenizer;

import io.headwater.avro.Message;
import io.headwater.avro.Translation;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.faults.DeadLetterBreaker;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.tokenizer.plan.KeyedPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Puts the hops together, each with metrics and a breaker of its own: a second hop on which every
 * record fails would never be half of the records of both.
 */
final class Hops {
  private final HeadwaterTopics topics;
  private final SchemaRegistry registry;
  private final BreakerOptions options;
  private final Telemetry telemetry;
  private final List<DeadLetterBreaker> breakers = new ArrayList<>();

  Hops(
      HeadwaterTopics topics,
      SchemaRegistry registry,
      BreakerOptions options,
      Telemetry telemetry) {
    this.topics = topics;
    this.registry = registry;
    this.options = options;
    this.telemetry = telemetry;
  }

  /** The flow over these models. */
  Topology topology(Intake intake, TokenizerModels models) {
    Hop<Message> first = Hop.ofMessages(topics, models.isTranslating());
    TokenizerTopology topology =
        TokenizerTopology.in(topics).first(first, intake, step(first, models::messages));
    if (models.isTranslating()) {
      Hop<Translation> second = Hop.ofTranslations(topics);
      topology.then(second, step(second, models::translations));
    }
    return topology.build();
  }

  /** The breakers of the hops made so far. */
  List<DeadLetterBreaker> breakers() {
    return List.copyOf(breakers);
  }

  private <V extends SpecificRecord> ProcessorSupplier<byte[], byte[], byte[], Routed> step(
      Hop<V> hop, Supplier<KeyedPlanner<V>> planners) {
    DeadLetterBreaker breaker = new DeadLetterBreaker(options, telemetry, hop.task());
    breakers.add(breaker);
    HopCodecs<V> codecs = HopCodecs.over(registry, topics, hop, HopCodecs.MOST_BYTES);
    TokenizerMetrics metrics =
        new TokenizerMetrics(telemetry.meters(), Clock.systemUTC(), hop.task());
    return () -> new TokenizeProcessor<>(hop, codecs, planners.get(), metrics, breaker);
  }
}
