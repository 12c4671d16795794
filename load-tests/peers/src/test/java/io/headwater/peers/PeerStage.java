package io.headwater.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.headwater.avro.Message;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Jvm;
import io.headwater.faults.process.ProcessGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a registry, each a process, with a topic of messages for peers to answer. */
final class PeerStage implements AutoCloseable {
  private static final String INPUT = "messages";
  private static final int PARTITIONS = 2;

  private final Path folder;
  private final ProcessGroup processes = ProcessGroup.create();
  private final KafkaCluster kafka;
  private final RegistryServer registry;

  private PeerStage(Path folder) throws InterruptedException {
    this.folder = folder;
    kafka = KafkaCluster.start(processes, folder, 1);
    registry = RegistryServer.start(root().resolve("infra/local/target"), folder.resolve("ids"));
  }

  static PeerStage start(Path folder) throws InterruptedException {
    return new PeerStage(folder);
  }

  static Path root() {
    return Path.of(System.getProperty("headwater.root"));
  }

  /** Creates the topic of messages and fills it. The key of a message is its id. */
  void fill(List<Message> messages) throws Exception {
    create(INPUT);
    KafkaAvroSerializer avro = new KafkaAvroSerializer();
    avro.configure(Map.of("schema.registry.url", registry.url()), false);
    try (avro;
        KafkaProducer<String, Object> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                avro)) {
      for (Message message : messages) {
        producer.send(new ProducerRecord<>(INPUT, message.getId(), message)).get();
      }
    }
  }

  /** Starts one of the peers in Java. */
  ChildProcess startJava(String peer, Path model) throws Exception {
    List<String> options = List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"));
    List<String> arguments = new ArrayList<>(List.of(peer));
    arguments.addAll(arguments(peer, model));
    return start(peer, Jvm.command(options, PeerMain.class.getName(), arguments));
  }

  /** Starts the peer in JavaScript. */
  ChildProcess startNode(Path model) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", root().resolve("load-tests/peers/node/peer.mjs") + ""));
    command.addAll(arguments("node", model));
    return start("node", command);
  }

  /** Its log, which also has its standard output. */
  Path log(String peer) {
    return folder.resolve(peer).resolve(peer + ".log");
  }

  /** As many answers as there are within the limit; no fewer and no more. */
  List<ConsumerRecord<String, String>> answers(String peer, int count, ChildProcess process) {
    List<ConsumerRecord<String, String>> answers = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(output(peer)));
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (answers.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(answers::add);
        assertThat(process.isAlive()).as("%s lives; see %s", peer, log(peer)).isTrue();
        assertThat(System.nanoTime()).as("%s answers in time", peer).isLessThan(end);
      }
      consumer.poll(Duration.ofMillis(200)).forEach(answers::add);
    }
    return answers;
  }

  @Override
  public void close() {
    processes.close();
    registry.close();
    kafka.close();
  }

  private ChildProcess start(String peer, List<String> command) throws Exception {
    create(output(peer));
    return processes.start(peer, command, Map.of(), folder.resolve(peer));
  }

  private List<String> arguments(String peer, Path model) {
    return List.of(
        "--bootstrap-servers", kafka.bootstrapServers(),
        "--registry", registry.url(),
        "--input", INPUT,
        "--output", output(peer),
        "--model", model.toString(),
        "--threads", "2");
  }

  private static String output(String peer) {
    return "answers-" + peer;
  }

  private void create(String topic) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
  }
}
