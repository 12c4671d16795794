package io.headwater.faults.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of JVMs like this one. */
public final class Jvm {
  private Jvm() {}

  /**
   * A command line.
   *
   * @param options of the JVM, the class path among them
   * @param main class to run
   * @param arguments of the program
   */
  public static List<String> command(List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Many short lives on few cores: the second compiler would cost more than it gives.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(options);
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /**
   * The command line of the product's own program.
   *
   * @param dist the product, as {@code ./mvnw package} lays it out
   * @param options of the JVM besides
   * @param arguments of {@code headwater}
   */
  public static List<String> headwater(Path dist, List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(options);
    all.add("-Dheadwater.home=" + dist);
    all.addAll(List.of("-cp", dist.resolve("lib") + "/*"));
    return command(all, "io.headwater.cli.Main", arguments);
  }
}
