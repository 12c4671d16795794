package io.headwater.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells what was wrong with what a command was given, as picocli tells it of an option. */
final class UsageErrors {
  private UsageErrors() {}

  /** What a command does. */
  interface Work {
    void run(PrintWriter out) throws IOException;
  }

  /**
   * Does the work of a command.
   *
   * @return the exit code of one that went well
   * @throws ParameterException if it refuses what it was given
   */
  static int told(@Nullable CommandSpec spec, Work work) throws IOException {
    CommandSpec command = Objects.requireNonNull(spec, "run by picocli");
    try {
      work.run(command.commandLine().getOut());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return 0;
  }
}
