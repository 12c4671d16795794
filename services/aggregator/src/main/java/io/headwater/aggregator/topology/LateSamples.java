package io.headwater.aggregator.topology;

import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.metrics.AggregatorMetrics;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowRule;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.runtime.streams.PromptCommit;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds back, and counts, the samples whose window's grace is over. Kafka Streams would drop them
 * too, with a log line for each. The windows of the others are seen as promptly as insights.
 */
final class LateSamples extends ContextualFixedKeyProcessor<SeriesKey, WindowSample, WindowSample> {
  private final WindowSize size;
  private final WindowRule rule;
  private final AggregatorMetrics metrics;
  private @Nullable PromptCommit commit;

  LateSamples(WindowSize size, WindowRule rule, AggregatorMetrics metrics) {
    this.size = size;
    this.rule = rule;
    this.metrics = metrics;
  }

  @Override
  public void init(FixedKeyProcessorContext<SeriesKey, WindowSample> context) {
    super.init(context);
    this.commit = new PromptCommit(context);
  }

  @Override
  public void process(FixedKeyRecord<SeriesKey, WindowSample> record) {
    long end = size.startOf(record.timestamp()) + size.millis();
    if (end + rule.grace().toMillis() <= context().currentStreamTimeMs()) {
      metrics.late(size);
    } else {
      context().forward(record);
      if (commit != null) {
        commit.afterRecord();
      }
    }
  }
}
