package io.headwater.infra.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of the tests, for tests that kill one. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** To be called in the child: prints the line and sleeps until somebody ends the process. */
  static void announceAndWait(String line) throws IOException {
    System.out.println(line);
    while (System.in.read() >= 0) {
      // The test holds the other end.
    }
  }

  /** The next line that the child announces; its log lines are passed over. */
  String nextLine() throws IOException {
    String line = output.readLine();
    while (line != null && line.contains(" INFO ")) {
      line = output.readLine();
    }
    return line == null ? "(the child ended)" : line;
  }

  long processId() {
    return process.pid();
  }

  /** As {@code kill -9} does; waits until the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
