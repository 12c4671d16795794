package io.headwater.load.river;

import picocli.CommandLine;

/** The program behind {@code load-tests/run}. The only place that decides an exit code. */
public final class Main {
  private static final int COULD_NOT_RUN = 3;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    CommandLine program =
        new CommandLine(new RodCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  commandLine.getErr().println("load-tests/run: " + line(failure));
                  return COULD_NOT_RUN;
                });
    System.exit(program.execute(arguments));
  }

  /** What failed, in one line; the cause too, where the failure names none. */
  private static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable cause = failure.getCause();
    String because =
        cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
            ? ""
            : ": " + cause.getMessage();
    return (message + because).replaceAll("\\s*\\R\\s*", " ");
  }
}
