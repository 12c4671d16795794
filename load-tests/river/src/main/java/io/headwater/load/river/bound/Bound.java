package io.headwater.load.river.bound;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the bound in a process of its own, as often as is asked. */
public final class Bound {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** A heap that is there from the start: what grows beside it is the model's. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms192m",
          "-Xmx192m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=4",
          "-cp",
          System.getProperty("java.class.path"));

  private final ProcessGroup processes;
  private final Path folder;
  private final BoundTask task;
  private int runs;

  /**
   * Nothing is run yet.
   *
   * @param folder for its files and its log
   */
  public Bound(ProcessGroup processes, Path folder, BoundTask task) {
    this.processes = processes;
    this.folder = folder;
    this.task = task;
  }

  /** One run. */
  public BoundResult run() throws IOException, InterruptedException {
    String name = "bound-" + ++runs;
    Files.createDirectories(folder);
    Path order = folder.resolve(name + ".task.json");
    Path answer = folder.resolve(name + ".result.json");
    JSON.writeValue(order.toFile(), task);
    ChildProcess process =
        processes.start(
            name,
            Jvm.command(
                OPTIONS, BoundMain.class.getName(), List.of(order.toString(), answer.toString())),
            Map.of(),
            folder);
    if (!Waiting.until(() -> !process.isAlive(), LIMIT) || process.exitCode() != 0) {
      process.kill();
      throw new IllegalStateException(
          "The model alone did not run: see %s.log in %s".formatted(name, folder));
    }
    return JSON.readValue(answer.toFile(), BoundResult.class);
  }

  /** What the model alone says, by message id; once it has run. */
  public Map<String, String> labels() throws IOException {
    return JSON.readValue(Path.of(task.labels()).toFile(), new TypeReference<>() {});
  }
}
