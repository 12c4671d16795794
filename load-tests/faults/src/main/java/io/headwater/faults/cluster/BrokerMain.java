package io.headwater.faults.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker with its controller, as a process of its own, so that it can be killed. Formats
 * its folder on first use. Ends with its parent, which holds the other end of its standard input.
 */
public final class BrokerMain {
  private BrokerMain() {}

  /** Arguments: the file of Kafka's settings, and the cluster's id. */
  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
      settings.load(in);
    }
    String folder = settings.getProperty("log.dirs");
    if (!Files.exists(Path.of(folder, "meta.properties"))) {
      new Formatter()
          .setClusterId(arguments[1])
          .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
          .setDirectories(List.of(folder))
          .setMetadataLogDirectory(folder)
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    }
    Map<String, String> all = new HashMap<>();
    settings.stringPropertyNames().forEach(name -> all.put(name, settings.getProperty(name)));
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(all), Time.SYSTEM);
    server.startup();
    endWithParent();
    server.awaitShutdown();
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // The parent is there.
                }
              } catch (IOException e) {
                // So it is not.
              }
              Runtime.getRuntime().halt(0);
            },
            "faults-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
