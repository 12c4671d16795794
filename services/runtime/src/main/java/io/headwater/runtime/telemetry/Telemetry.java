package io.headwater.runtime.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Metrics and health of one service. Owned by the service. */
public final class Telemetry implements AutoCloseable {
  private final String service;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health(this::measure);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  private Telemetry(String service) {
    this.service = requireNonNull(service, "service");
    meters.config().commonTags(Tags.of("service", service));
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new MemoryMetrics().bindTo(meters);
    gc.bindTo(meters);
    Gauge.builder("headwater.ready", health, known -> known.ready().ok() ? 1 : 0)
        .description("1 while the service does its work, as /health/ready tells")
        .register(meters);
  }

  /** Telemetry whose every metric carries {@code service} as a tag. */
  public static Telemetry of(String service) {
    return new Telemetry(service);
  }

  public String service() {
    return service;
  }

  public MeterRegistry meters() {
    return meters;
  }

  public Health health() {
    return health;
  }

  /** All metrics in Prometheus' text format. */
  public String scrape() {
    return meters.scrape();
  }

  private void measure(String check) {
    Gauge.builder("headwater.ready.check", () -> health.isReady(check) ? 1 : 0)
        .description("1 while that check of /health/ready is well")
        .tag("check", check)
        .register(meters);
  }

  @Override
  public void close() {
    gc.close();
    meters.close();
  }
}
