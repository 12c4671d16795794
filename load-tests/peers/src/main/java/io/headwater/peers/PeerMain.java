package io.headwater.peers;

import io.headwater.peers.consumer.DjlBatches;
import io.headwater.peers.consumer.PlainBatches;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.flink.FlinkPeer;
import io.headwater.peers.streams.StreamsPeer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs one peer until the process is asked to end. Prints {@code READY} once its model is loaded
 * and it begins to read. The only place that decides an exit code.
 */
@Command(
    name = "peer",
    mixinStandardHelpOptions = true,
    description = "Puts the model behind a topic in another way than Headwater's.")
public final class PeerMain implements Callable<Integer> {
  private static final long LONGEST_STOP_SECONDS = 30;

  private static final Map<String, Function<PeerSettings, Peer>> PEERS =
      new TreeMap<>(
          Map.of(
              "streams", StreamsPeer::new,
              "batches-32", PlainBatches::peer,
              "djl", DjlBatches::peer,
              "flink-map", FlinkPeer::inMap,
              "flink-async", FlinkPeer::inAsync));

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "streams, batches-32, djl, flink-map, flink-async")
  private String name;

  @Option(names = "--bootstrap-servers", required = true, description = "of the broker")
  private String bootstrapServers;

  @Option(names = "--registry", required = true, description = "URL of the schema registry")
  private String registry;

  @Option(names = "--input", required = true, description = "topic of Avro messages")
  private String input;

  @Option(names = "--output", required = true, description = "topic of JSON answers")
  private String output;

  @Option(names = "--model", required = true, description = "folder of the model package")
  private Path model;

  @Option(names = "--threads", defaultValue = "1", description = "cores for the model")
  private int threads;

  private PeerMain() {}

  /** Runs a peer and ends the process. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PeerMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Function<PeerSettings, Peer> maker = PEERS.get(name);
    if (maker == null) {
      throw new ParameterException(
          spec.commandLine(), "there is no peer " + name + "; there are " + PEERS.keySet());
    }
    Peer peer =
        maker.apply(new PeerSettings(bootstrapServers, registry, input, output, model, threads));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(peer, ended), "peer-stop"));
    try {
      peer.run(PeerMain::sayReady);
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private static void stop(Peer peer, CountDownLatch ended) {
    peer.stop();
    try {
      if (!ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The peer did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sayReady() {
    System.out.println("READY");
    System.out.flush();
  }
}
