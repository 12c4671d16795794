package io.headwater.cli;

/** What the exit codes of all commands mean. */
public final class ExitCodes {
  /** All went well. */
  public static final int OK = 0;

  /** The command ran, and some of its input was bad or some check failed. */
  public static final int SOME_FAILED = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** The command could not do its work: something it needs is missing or does not answer. */
  public static final int CANNOT_RUN = 3;

  private ExitCodes() {}
}
