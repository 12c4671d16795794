package io.headwater.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryMetricsTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void countsWhatTheSystemCannotTakeBack(@TempDir Path folder) throws IOException {
    Path status = folder.resolve("status");
    Files.writeString(
        status,
        "Name:\tjava\nVmRSS:\t  700 kB\nRssAnon:\t  500 kB\nRssFile:\t  190 kB\nRssShmem:\t   10 kB\n");

    new MemoryMetrics(status).bindTo(meters);

    assertThat(meters.get("headwater.memory.used").gauge().value()).isEqualTo(510 * 1024);
    assertThat(meters.get("headwater.memory.limit").gauge().value()).isPositive();
  }

  @Test
  void whereThereIsNoStatusFileThereIsNoSuchMetric(@TempDir Path folder) {
    new MemoryMetrics(folder.resolve("status")).bindTo(meters);

    assertThat(meters.find("headwater.memory.used").gauge()).isNull();
    assertThat(meters.get("headwater.memory.limit").gauge().value()).isPositive();
  }
}
