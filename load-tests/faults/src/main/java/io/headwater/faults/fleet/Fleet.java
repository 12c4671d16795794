package io.headwater.faults.fleet;

import io.headwater.faults.process.ProcessGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All instances of all services of one scenario. Belongs to the thread that runs it. */
public final class Fleet {
  private final ProcessGroup processes;
  private final FleetSettings settings;
  private final List<ServiceProcess> all = new ArrayList<>();
  private final Map<Role, Integer> numbers = new EnumMap<>(Role.class);

  public Fleet(ProcessGroup processes, FleetSettings settings) {
    this.processes = processes;
    this.settings = settings;
  }

  /** One more instance, not started. */
  public ServiceProcess add(Role role) {
    ServiceProcess service =
        new ServiceProcess(processes, settings, role, numbers.merge(role, 1, Integer::sum));
    all.add(service);
    return service;
  }

  public List<ServiceProcess> all() {
    return List.copyOf(all);
  }

  /** The instances of one service, oldest first. */
  public List<ServiceProcess> of(Role role) {
    return all.stream().filter(service -> service.role() == role).toList();
  }

  /** The first instance of a service. */
  public ServiceProcess first(Role role) {
    return of(role).get(0);
  }

  /** Waits until all that run are ready. */
  public void awaitReady(Duration limit) throws InterruptedException {
    for (ServiceProcess service : running().toList()) {
      service.awaitReady(limit);
    }
  }

  /** Ends all that run, at the same time, in an orderly way. */
  public void terminate() throws InterruptedException {
    List<Thread> stops = new ArrayList<>();
    for (ServiceProcess service : running().toList()) {
      Thread stop =
          new Thread(
              () -> {
                try {
                  service.terminate();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "stop-" + service.name());
      stop.start();
      stops.add(stop);
    }
    for (Thread stop : stops) {
      stop.join();
    }
  }

  /** Kills whatever still runs. */
  public void kill() {
    running().forEach(ServiceProcess::kill);
  }

  /** What any of them did that it must not do. */
  public List<String> complaints() {
    return all.stream().flatMap(service -> service.complaints().stream()).toList();
  }

  private Stream<ServiceProcess> running() {
    return all.stream().filter(ServiceProcess::isAlive);
  }
}
