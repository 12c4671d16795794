package io.headwater.infra.local;

import java.util.HashMap;
import java.util.Map;

/** Kafka's own settings for one broker on a laptop: one copy of everything, little memory. */
final class KafkaSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String INTERNAL_PARTITIONS = "5";
  private static final String ONE_COPY = "1";

  /** A text of 1 MiB, its tokens with their offsets, and room for headers. */
  private static final int LARGEST_RECORD_BYTES = 8 * 1024 * 1024;

  private static final long SEGMENT_BYTES = 128L * 1024 * 1024;
  private static final long PARTITION_BYTES = 1024L * 1024 * 1024;
  private static final long INDEX_BYTES = 1024L * 1024;
  private static final long CLEANER_BYTES = 16L * 1024 * 1024;

  private KafkaSettings() {}

  static Map<String, String> of(
      LocalKafkaConfig config, BrokerLocks locks, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(node(config, locks.protocol(), port, controllerPort));
    settings.putAll(singleCopies());
    settings.putAll(topics());
    settings.putAll(sessions());
    settings.putAll(frugality());
    settings.putAll(locks.settings());
    return settings;
  }

  private static Map<String, String> node(
      LocalKafkaConfig config, String protocol, int port, int controllerPort) {
    // Kafka lets a listener be named as its protocol.
    String client = protocol + "://" + LocalPort.HOST + ":" + port;
    String controller = CONTROLLER_LISTENER + "://" + LocalPort.HOST + ":" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "log.dirs",
        config.dataDirectory().toString(),
        "listeners",
        client + "," + controller,
        "advertised.listeners",
        client,
        "listener.security.protocol.map",
        protocol + ":" + protocol + "," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "inter.broker.listener.name",
        protocol,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        // A static quorum is not written to disk, so the controller's port may differ on a restart.
        "controller.quorum.voters",
        NODE_ID + "@" + LocalPort.HOST + ":" + controllerPort);
  }

  private static Map<String, String> singleCopies() {
    return Map.of(
        "offsets.topic.replication.factor", ONE_COPY,
        "offsets.topic.num.partitions", INTERNAL_PARTITIONS,
        "transaction.state.log.replication.factor", ONE_COPY,
        "transaction.state.log.min.isr", ONE_COPY,
        "transaction.state.log.num.partitions", INTERNAL_PARTITIONS,
        "share.coordinator.state.topic.replication.factor", ONE_COPY,
        "share.coordinator.state.topic.min.isr", ONE_COPY,
        "share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS,
        "group.initial.rebalance.delay.ms", "0");
  }

  private static Map<String, String> topics() {
    return Map.of(
        // A misspelt topic must be an error, not a new topic.
        "auto.create.topics.enable", "false",
        "message.max.bytes", Integer.toString(LARGEST_RECORD_BYTES),
        "replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD_BYTES),
        "log.segment.bytes", Long.toString(SEGMENT_BYTES),
        "log.retention.hours", Integer.toString(7 * 24),
        "log.retention.bytes", Long.toString(PARTITION_BYTES));
  }

  /*
   * After a kill the controller turns the broker away until the session of its former life has run
   * out. With Kafka's own nine seconds, that alone would double the time of a start.
   */
  private static Map<String, String> sessions() {
    return Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500");
  }

  private static Map<String, String> frugality() {
    return Map.of(
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2",
        "log.index.size.max.bytes", Long.toString(INDEX_BYTES),
        // By default the cleaner of compacted topics alone takes 128 MiB of heap.
        "log.cleaner.dedupe.buffer.size", Long.toString(CLEANER_BYTES));
  }
}
