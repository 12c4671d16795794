package io.headwater.cli;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program {@code headwater}. The only place that decides an exit code. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Logging.choose(args);
    // A dying thread's trace belongs into the log; its owner says in a line what it means.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Main.class)
                .error("event=thread_died thread={}", thread.getName(), failure));
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  /** The command line with all commands; exceptions become one line and a code. */
  public static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new HeadwaterCommand());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExecutionExceptionHandler(new PlainErrors());
    commands.setParameterExceptionHandler(Main::explain);
    commands.setUsageHelpAutoWidth(true);
    commands.setUsageHelpLongOptionsMaxWidth(36);
    return commands;
  }

  /** A wrong command line gives the fault and where to read on, not the whole help. */
  private static int explain(CommandLine.ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    command.getErr().println("headwater: " + fault.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, command.getErr());
    command.getErr().println("see: %s --help".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCodes.USAGE;
  }
}
