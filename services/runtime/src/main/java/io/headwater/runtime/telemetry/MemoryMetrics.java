package io.headwater.runtime.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the whole process holds of the memory that it may have: heap, and what ONNX Runtime and
 * RocksDB take beside it. The JVM's own metrics know the heap alone.
 */
final class MemoryMetrics implements MeterBinder {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** What the kernel cannot take back: pages of files it can. */
  private static final List<String> HELD = List.of("RssAnon:", "RssShmem:");

  private final Path status;

  MemoryMetrics() {
    this(STATUS);
  }

  /** Reads a status file of Linux. */
  MemoryMetrics(Path status) {
    this.status = status;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      // In a container this is the container's limit.
      Gauge.builder("headwater.memory.limit", system, bean -> (double) bean.getTotalMemorySize())
          .description("Memory that the process may have: the container's limit, or the machine's")
          .baseUnit("bytes")
          .register(meters);
    }
    if (Files.isReadable(status)) {
      Gauge.builder("headwater.memory.used", this, MemoryMetrics::held)
          .description("Memory that the process holds and the system cannot take back")
          .baseUnit("bytes")
          .register(meters);
    }
  }

  private double held() {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> HELD.stream().anyMatch(line::startsWith))
          .mapToDouble(MemoryMetrics::bytes)
          .sum();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Of a line such as {@code RssAnon: 1234 kB}. */
  private static double bytes(String line) {
    return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
  }
}
