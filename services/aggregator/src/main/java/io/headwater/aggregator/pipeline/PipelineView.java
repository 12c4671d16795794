package io.headwater.aggregator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How the whole river is doing, as JSON. Made at most once a second, however many ask. Thread-safe.
 */
public final class PipelineView {
  private static final long FRESH_MS = 1_000;

  private final Sources sources;
  private final Clock clock;
  private final ObjectMapper json =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));
  private String made = "";
  private long madeAt;

  /**
   * Where the view has it from. They are asked by HTTP threads and must not wait.
   *
   * @param models what is known of the models, an object for each task, as they are shown
   */
  public record Sources(
      LatencyMeter latencies,
      LetterTally letters,
      Supplier<LagReport> lag,
      Supplier<? extends List<?>> models) {}

  public PipelineView(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  /** The view of now, or of less than a second ago. */
  public synchronized String json() {
    long age = clock.millis() - madeAt;
    if (made.isEmpty() || age < 0 || age >= FRESH_MS) {
      made = make();
      madeAt = clock.millis();
    }
    return made;
  }

  private String make() {
    LagReport lag = sources.lag().get();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("latency", sources.latencies().lastMinute());
    view.put("lag", lag.stages());
    view.put("lagComplete", lag.error().isEmpty());
    lag.error().ifPresent(reason -> view.put("lagError", reason));
    view.put("deadLetters", sources.letters().report());
    view.put("models", sources.models().get());
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written as JSON", e);
    }
  }
}
