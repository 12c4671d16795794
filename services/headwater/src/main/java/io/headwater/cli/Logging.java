package io.headwater.cli;

import java.util.Arrays;
import java.util.Set;

/**
 * Chooses where logs go, before the first logger is made: a service's to the terminal, as lines or
 * as JSON ({@code HEADWATER_OPTS=-Dheadwater.log=json}); any other command's into a file, so that
 * the terminal belongs to what the command prints.
 */
final class Logging {
  private static final String CONFIGURATION = "logback.configurationFile";
  private static final Set<String> SERVICES = Set.of("run", "up");

  private Logging() {}

  static void choose(String[] args) {
    if (System.getProperty(CONFIGURATION) != null) {
      return;
    }
    boolean service = Arrays.stream(args).findFirst().filter(SERVICES::contains).isPresent();
    boolean json = "json".equals(System.getProperty("headwater.log"));
    String chosen = !service ? "file" : json ? "json" : "console";
    System.setProperty(CONFIGURATION, "io/headwater/cli/logback-" + chosen + ".xml");
  }
}
