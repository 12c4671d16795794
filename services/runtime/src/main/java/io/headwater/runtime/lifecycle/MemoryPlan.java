package io.headwater.runtime.lifecycle;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process' memory is shared out: what the container (or the machine) gives, what the heap may
 * take of it, and what is needed outside the heap.
 *
 * @param limitBytes memory of the container, by its control group; else of the machine
 * @param heapBytes largest heap
 * @param needs bytes outside the heap, by what needs them
 */
public record MemoryPlan(long limitBytes, long heapBytes, Map<String, Long> needs) {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryPlan.class);

  /** What a JVM itself takes beside the heap: classes, compiled code, stacks. Measured. */
  static final long JVM_BYTES = 190L << 20;

  /** With less heap than this no service does its work. */
  static final long LEAST_HEAP_BYTES = 64L << 20;

  public MemoryPlan {
    needs = new TreeMap<>(needs);
  }

  /** The plan of this process. */
  public static MemoryPlan here(Map<String, Long> needs) {
    long limit =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    return new MemoryPlan(limit, Runtime.getRuntime().maxMemory(), needs);
  }

  /**
   * Says the plan in one line of the log, as a warning where a full heap would not leave enough.
   *
   * @throws StartException where even a small heap would not
   */
  public void check(String service) {
    long least = beside() + LEAST_HEAP_BYTES;
    if (limitBytes < least) {
      throw new StartException(
          "%s: has %d MiB of memory, and needs at least %d MiB (%s): raise the container's limit"
              .formatted(service, mebi(limitBytes), mebi(least), words()));
    }
    if (limitBytes < beside() + heapBytes) {
      LOG.warn(
          "event=memory_plan service={} limit_mib={} heap_mib={} beside_mib={} short_mib={} beside=\"{}\""
              + " advice=\"raise the limit, or lower the heap: _JAVA_OPTIONS=-XX:MaxRAMPercentage={}\"",
          service,
          mebi(limitBytes),
          mebi(heapBytes),
          mebi(beside()),
          mebi(beside() + heapBytes - limitBytes),
          words(),
          100 * (limitBytes - beside()) / limitBytes);
      return;
    }
    LOG.info(
        "event=memory_plan service={} limit_mib={} heap_mib={} beside_mib={} spare_mib={} beside=\"{}\"",
        service,
        mebi(limitBytes),
        mebi(heapBytes),
        mebi(beside()),
        mebi(limitBytes - beside() - heapBytes),
        words());
  }

  /** Bytes outside the heap. */
  long beside() {
    return JVM_BYTES + needs.values().stream().mapToLong(Long::longValue).sum();
  }

  private String words() {
    String others =
        needs.entrySet().stream()
            .map(need -> ", %s %d".formatted(need.getKey(), mebi(need.getValue())))
            .collect(Collectors.joining());
    return "JVM %d%s".formatted(mebi(JVM_BYTES), others);
  }

  private static long mebi(long bytes) {
    return bytes >> 20;
  }
}
