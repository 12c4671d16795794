package io.headwater.aggregator.topology;

import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.topology.JoinOutcome.Joined;
import io.headwater.aggregator.window.EventTime;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowCounting;
import io.headwater.avro.Insight;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Makes of an insight what its windows need, stamped with the time it happened. */
final class WindowSampler
    extends ContextualProcessor<byte[], JoinOutcome, SeriesKey, WindowSample> {
  private final EventTime eventTime;

  WindowSampler(EventTime eventTime) {
    this.eventTime = eventTime;
  }

  @Override
  public void process(Record<byte[], JoinOutcome> record) {
    if (record.value() instanceof Joined joined && joined.insight().getSentiment() != null) {
      Insight insight = joined.insight();
      long time =
          eventTime.of(Optional.ofNullable(insight.getMessage().getSentAt()), record.timestamp());
      context()
          .forward(
              new Record<>(
                  SeriesKey.of(insight.getMessage().getSource(), insight.getLanguage()),
                  WindowCounting.sample(insight.getSentiment()),
                  time));
    }
  }
}
