package io.headwater.faults;

import picocli.CommandLine;

/** The program behind {@code load-tests/faults/run}. The only place that decides an exit code. */
public final class Main {
  private Main() {}

  /** Runs the suite and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = new CommandLine(new SuiteCommand()).execute(args);
    System.exit(code);
  }
}
