package io.headwater.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All child processes of a run: closing it, or the end of this JVM, kills what is left of them. */
public final class ProcessGroup implements AutoCloseable {
  private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();

  private ProcessGroup() {}

  /** A group that this JVM's end takes with it. */
  public static ProcessGroup create() {
    ProcessGroup group = new ProcessGroup();
    Runtime.getRuntime().addShutdownHook(new Thread(group::close, "faults-kill-children"));
    return group;
  }

  /**
   * Starts a process.
   *
   * @param name for people
   * @param command the whole command line
   * @param environment set on top of this process's, without any {@code HEADWATER_*}
   * @param folder its working directory, which also gets its output as {@code NAME.log}
   */
  public ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder) {
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
      builder.environment().keySet().removeIf(key -> key.startsWith("HEADWATER_"));
      builder.environment().putAll(environment);
      children.removeIf(child -> !child.isAlive());
      ChildProcess child = new ChildProcess(name, builder.start());
      children.add(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  @Override
  public void close() {
    children.forEach(ChildProcess::kill);
    children.clear();
  }
}
