package io.headwater.gateway.http;

import io.headwater.gateway.ingest.Inflight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What the gateway counts. Thread-safe. */
final class GatewayMetrics {
  private final MeterRegistry meters;
  private final Counter received;
  private final Counter accepted;
  private final Timer acknowledged;

  GatewayMetrics(MeterRegistry meters, Inflight inflight) {
    this.meters = meters;
    this.received =
        Counter.builder("headwater.records.in")
            .description("Valid messages received")
            .register(meters);
    this.accepted =
        Counter.builder("headwater.gateway.accepted")
            .description("Messages that Kafka acknowledged")
            .register(meters);
    this.acknowledged =
        Timer.builder("headwater.gateway.acknowledged")
            .description("From the end of a request's body to the acknowledgement of all of it")
            .publishPercentiles(0.5, 0.95, 0.99)
            .publishPercentileHistogram()
            .register(meters);
    Gauge.builder("headwater.gateway.inflight.messages", inflight, Inflight::messages)
        .description("Messages taken in and not acknowledged yet")
        .register(meters);
    Gauge.builder("headwater.gateway.inflight.bytes", inflight, Inflight::bytes)
        .description("Bytes of request bodies taken in and not acknowledged yet")
        .baseUnit("bytes")
        .register(meters);
  }

  void received(int messages) {
    received.increment(messages);
  }

  void accepted(int messages) {
    accepted.increment(messages);
  }

  void refused(String reason) {
    Counter.builder("headwater.gateway.refused")
        .description("Requests refused")
        .tag("reason", reason)
        .register(meters)
        .increment();
  }

  Timer.Sample begin() {
    return Timer.start(meters);
  }

  void end(Timer.Sample sample) {
    sample.stop(acknowledged);
  }
}
