package io.headwater.cli.river;

import io.headwater.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * Goes through the start of a service where there is no Kafka, then ends: an image's build runs it
 * with {@code -XX:ArchiveClassesAtExit}, so that the JVM finds the classes of a start ready to use.
 * Without a service it goes through the start of the command line.
 */
public final class RehearsalMain {
  private static final String NO_KAFKA = "127.0.0.1:1";
  private static final int ADMIN_PORT = 9101;
  private static final long LONGEST_MS = 20_000;
  private static final long PAUSE_MS = 200;

  private RehearsalMain() {}

  /** Rehearses, and ends the process with 0: an image without an archive is slower, not wrong. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0) {
      Main.commandLine().execute("settings");
      Main.commandLine().execute("topics", "create", "--help");
      System.exit(0);
    }
    String service = args[0];
    System.setProperty("logback.configurationFile", "io/headwater/cli/logback-console.xml");
    Thread start =
        new Thread(() -> Main.commandLine().execute(command(service)), "rehearsal-" + service);
    start.setDaemon(true);
    start.start();
    openClients(service);
    boolean answered = ask();
    System.out.println(
        answered ? "event=rehearsed service=" + service : "event=rehearsal_without_answer");
    System.exit(0);
  }

  private static String[] command(String service) {
    List<String> words = new ArrayList<>(List.of("run", service));
    words.addAll(List.of("--bootstrap-servers", NO_KAFKA));
    words.addAll(List.of("--schema-registry-url", "http://" + NO_KAFKA));
    set(words, service + ".admin.port", Integer.toString(ADMIN_PORT));
    set(words, "models.follow", "false");
    set(words, "state.directory", "/tmp/rehearsal");
    // An image's own defaults open the doors to the network, which is refused without a token.
    for (String host :
        List.of(
            "tokenizer.admin.host",
            "scorer.admin.host",
            "aggregator.http.host",
            "gateway.http.host",
            "gateway.admin.host")) {
      set(words, host, "127.0.0.1");
    }
    return words.toArray(String[]::new);
  }

  private static void set(List<String> words, String key, String value) {
    words.addAll(List.of("--set", key + "=" + value));
  }

  /** Kafka's clients come to life only when the broker answers; here nothing does. */
  private static void openClients(String service) {
    Map<String, Object> where = Map.of("bootstrap.servers", NO_KAFKA, "client.id", "rehearsal");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(where, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(where, new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.metrics();
      producer.metrics();
    }
    if (service.equals("tokenizer") || service.equals("aggregator")) {
      StreamsBuilder builder = new StreamsBuilder();
      builder.<byte[], byte[]>stream("from").mapValues(value -> value).to("to");
      Properties properties = new Properties();
      properties.putAll(where);
      properties.put("application.id", "rehearsal");
      properties.put("state.dir", "/tmp/rehearsal-streams");
      properties.put("processing.guarantee", "exactly_once_v2");
      try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
        streams.metrics();
      }
    }
  }

  private static boolean ask() throws InterruptedException {
    long end = System.currentTimeMillis() + LONGEST_MS;
    boolean answered = false;
    // Some seconds more than the first answer: models are loaded meanwhile.
    while (System.currentTimeMillis() < end) {
      Thread.sleep(PAUSE_MS);
      if (!answered && read("/metrics")) {
        answered = true;
        end = Math.min(end, System.currentTimeMillis() + LONGEST_MS / 4);
      }
    }
    return answered;
  }

  private static boolean read(String path) {
    try (InputStream answer =
        URI.create("http://127.0.0.1:" + ADMIN_PORT + path).toURL().openStream()) {
      return answer.readAllBytes().length > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
