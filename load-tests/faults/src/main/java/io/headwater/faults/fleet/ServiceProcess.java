package io.headwater.faults.fleet;

import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Folders;
import io.headwater.faults.process.FreePorts;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service: the same instance id, ports and state folder in each of its lives.
 *
 * <p>Not thread-safe: belongs to the thread that runs the scenario.
 */
public final class ServiceProcess {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private static final Duration STOP_LIMIT = Duration.ofSeconds(75);

  private final ProcessGroup processes;
  private final FleetSettings settings;
  private final Role role;
  private final String name;
  private final int adminPort = FreePorts.next();
  private final int httpPort = FreePorts.next();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable ChildProcess process;
  private int lives;

  ServiceProcess(ProcessGroup processes, FleetSettings settings, Role role, int number) {
    this.processes = processes;
    this.settings = settings;
    this.role = role;
    this.name = role.service() + "-" + number;
  }

  public Role role() {
    return role;
  }

  public String name() {
    return name;
  }

  /** Starts it; returns at once. */
  public ServiceProcess start() {
    return start(Map.of());
  }

  /** Starts it with more in its environment; returns at once. */
  public ServiceProcess start(Map<String, String> environment) {
    noteUnexpectedEnd();
    process = processes.start(name, command(), environment, folder());
    lives++;
    return this;
  }

  /** {@code kill -9}. */
  public void kill() {
    noteUnexpectedEnd();
    current().kill();
  }

  /** {@code SIGTERM}, and waits for its end. A service that does not end is a complaint. */
  public void terminate() throws InterruptedException {
    noteUnexpectedEnd();
    if (!current().terminate(STOP_LIMIT)) {
      complaints.add(
          "%s did not end within %d s of SIGTERM".formatted(name, STOP_LIMIT.toSeconds()));
    }
  }

  public void freeze() throws InterruptedException {
    current().freeze();
  }

  public void thaw() throws InterruptedException {
    current().thaw();
  }

  /** Deletes its state folder. Only while it does not run. */
  public void wipeState() {
    Folders.delete(folder().resolve("state"));
  }

  public boolean isAlive() {
    ChildProcess known = process;
    return known != null && known.isAlive();
  }

  /** How often it was started. */
  public int lives() {
    return lives;
  }

  /** Waits until it says that it is ready; a service that never is, is a complaint. */
  public void awaitReady(Duration limit) throws InterruptedException {
    boolean ready = Waiting.until(() -> isReady() || !isAlive(), limit);
    if (!ready || !isAlive()) {
      complaints.add("%s was not ready within %d s".formatted(name, limit.toSeconds()));
    }
  }

  /** Whether its health endpoint says so. */
  public boolean isReady() {
    return get("/health/ready").isPresent();
  }

  public long residentBytes() {
    ChildProcess known = process;
    return known == null ? 0 : known.residentBytes();
  }

  /** The processor time that its present life has used. */
  public Duration cpu() {
    ChildProcess known = process;
    return known == null ? Duration.ZERO : known.cpu();
  }

  /** The processor time of its threads, by the start of their names. */
  public Map<String, Duration> threadCpu() {
    ChildProcess known = process;
    return known == null ? Map.of() : known.threadCpu();
  }

  /** All its metrics, in Prometheus' text format; empty when it does not answer. */
  public String metrics() {
    return get("/metrics").orElse("");
  }

  /** Bytes of the heap that are used, from its metrics; 0 when it does not answer. */
  public long heapBytes() {
    return (long) sum(get("/metrics").orElse(""), "jvm_memory_used_bytes{area=\"heap\"");
  }

  /** What it did that it must not do: ended by itself, did not end, was not ready. */
  public List<String> complaints() {
    noteUnexpectedEnd();
    return List.copyOf(complaints);
  }

  /** The sum of the metrics that begin so. */
  public static double sum(String metrics, String prefix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void noteUnexpectedEnd() {
    ChildProcess known = process;
    if (known != null && known.diedByItself()) {
      complaints.add("%s ended by itself with code %d".formatted(name, known.exitCode()));
      process = null;
    }
  }

  private ChildProcess current() {
    ChildProcess known = process;
    if (known == null) {
      throw new IllegalStateException(name + " does not run: see its log in " + folder());
    }
    return known;
  }

  private Path folder() {
    return settings.folder().resolve(name);
  }

  private Optional<String> get(String path) {
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                  .timeout(Duration.ofSeconds(2))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<String> command() {
    Map<String, String> own = new TreeMap<>(settings.common());
    own.put("instance.id", name);
    own.put("state.directory", folder().resolve("state").toString());
    own.put(role.service() + ".admin.port", Integer.toString(adminPort));
    if (role == Role.AGGREGATOR) {
      own.put("aggregator.http.port", Integer.toString(httpPort));
    }
    List<String> arguments = new ArrayList<>(List.of("run", role.service()));
    own.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    List<String> options = new ArrayList<>(settings.jvm());
    options.add("--enable-native-access=ALL-UNNAMED");
    return Jvm.headwater(settings.dist(), options, arguments);
  }
}
