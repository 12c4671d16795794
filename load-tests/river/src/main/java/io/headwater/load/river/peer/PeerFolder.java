package io.headwater.load.river.peer;

import io.headwater.faults.process.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the peers are, and how each is started.
 *
 * @param folder {@code load-tests/peers}; need not be there
 */
public record PeerFolder(Path folder) {
  /** The textbook way: one run of the model a record, in Kafka Streams. */
  public static final String TEXTBOOK = "streams";

  /** A plain consumer that scores what came, 32 at a time. */
  public static final String FIRST_COME = "batches-32";

  /** All peers, in the order of the report. */
  public static final List<String> ALL =
      List.of(TEXTBOOK, FIRST_COME, "djl", "flink-map", "flink-async", "node");

  /** Those of a quick run: two of the goals are about them. */
  public static final List<String> QUICK = List.of(TEXTBOOK, FIRST_COME);

  private static final String NODE = "node";

  /** The programs of this module, which say the price of a promise. */
  static final List<String> OWN = List.of(DeliveryMain.EXACTLY_ONCE, DeliveryMain.AT_LEAST_ONCE);

  /** Why a peer cannot run here; empty when it can. */
  public Optional<String> lacks(String name) {
    if (OWN.contains(name)) {
      return Optional.empty();
    }
    if (!name.equals(NODE)) {
      return Files.isRegularFile(classPathFile()) && Files.isDirectory(classes())
          ? Optional.empty()
          : Optional.of("load-tests/peers is not built");
    }
    if (!Files.isDirectory(folder.resolve("node/node_modules"))) {
      return Optional.of("load-tests/peers/node has no node_modules: run npm ci there");
    }
    return isOnPath() ? Optional.empty() : Optional.of("there is no program node");
  }

  /** The command line of a peer. */
  List<String> command(String name, List<String> options) {
    if (name.equals(NODE)) {
      List<String> command =
          new ArrayList<>(List.of(NODE, folder.resolve("node/peer.mjs").toString()));
      command.addAll(options);
      return command;
    }
    boolean isOwn = OWN.contains(name);
    List<String> arguments = new ArrayList<>(List.of(name));
    arguments.addAll(options);
    return Jvm.command(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=4",
            "-cp",
            isOwn ? System.getProperty("java.class.path") : classPath()),
        isOwn ? DeliveryMain.class.getName() : "io.headwater.peers.PeerMain",
        arguments);
  }

  private String classPath() {
    try {
      return classes() + ":" + Files.readString(classPathFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + classPathFile(), e);
    }
  }

  private Path classes() {
    return folder.resolve("target/classes");
  }

  private Path classPathFile() {
    return folder.resolve("target/classpath");
  }

  private static boolean isOnPath() {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(":")).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, NODE)));
  }
}
