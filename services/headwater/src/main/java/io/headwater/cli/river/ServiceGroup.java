package io.headwater.cli.river;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.ResourceStack;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Services that run together in this process; they close in the reverse order of their starts. */
public final class ServiceGroup implements AutoCloseable {
  private final ResourceStack resources = new ResourceStack();
  private final List<RunningService> services = new CopyOnWriteArrayList<>();

  /**
   * Starts one more.
   *
   * @param name as {@code headwater run} has it
   */
  public void start(String name, Settings settings, KafkaConnection kafka) {
    services.add(resources.add(RunningService.start(name, settings, kafka)));
  }

  /** Whether all of them do their work now. */
  public boolean isReady() {
    return services.stream().allMatch(RunningService::isReady);
  }

  /** What has failed, a sentence each; empty while all is well. */
  public List<String> failures() {
    return services.stream()
        .filter(RunningService::hasFailed)
        .map(service -> service.name() + " has failed: " + service.complaint())
        .toList();
  }

  /** What those that are not ready wait for. */
  public List<String> complaints() {
    return services.stream()
        .filter(service -> !service.isReady())
        .map(service -> service.name() + " (" + service.complaint() + ")")
        .toList();
  }

  @Override
  public void close() {
    resources.close();
  }
}
