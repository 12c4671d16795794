package io.headwater.faults.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kafka's settings for one node of a cluster of combined brokers and controllers.
 *
 * @param ports for clients, by node
 * @param controllerPorts for the controllers, by node
 */
record BrokerSettings(List<Integer> ports, List<Integer> controllerPorts) {
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String HOST = "127.0.0.1:";
  private static final int LARGEST_RECORD_BYTES = 40 * 1024 * 1024;

  String bootstrapServers() {
    return ports.stream().map(port -> HOST + port).collect(Collectors.joining(","));
  }

  Map<String, String> of(int node, Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(node + 1));
    settings.put("log.dirs", folder.toString());
    settings.put(
        "listeners",
        "PLAINTEXT://%s%d,CONTROLLER://%s%d"
            .formatted(HOST, ports.get(node), HOST, controllerPorts.get(node)));
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ports.get(node));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "controller.quorum.voters",
        IntStream.range(0, controllerPorts.size())
            .mapToObj(other -> "%d@%s%d".formatted(other + 1, HOST, controllerPorts.get(other)))
            .collect(Collectors.joining(",")));
    settings.putAll(copies(ports.size()));
    settings.putAll(frugality());
    if (ports.size() == 1) {
      // As `headwater up` has it: after a kill the controller turns the broker away until the
      // session of its former life has run out.
      settings.put("broker.session.timeout.ms", "3000");
      settings.put("broker.heartbeat.interval.ms", "500");
    }
    return settings;
  }

  private static Map<String, String> copies(int nodes) {
    String all = Integer.toString(nodes);
    String most = Integer.toString(Math.min(2, nodes));
    return Map.of(
        "default.replication.factor", all,
        "min.insync.replicas", most,
        "offsets.topic.replication.factor", all,
        "transaction.state.log.replication.factor", all,
        "transaction.state.log.min.isr", most,
        "share.coordinator.state.topic.replication.factor", all,
        "share.coordinator.state.topic.min.isr", most);
  }

  private static Map<String, String> frugality() {
    Map<String, String> settings = new HashMap<>();
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.topic.num.partitions", "5");
    settings.put("transaction.state.log.num.partitions", "5");
    settings.put("message.max.bytes", Integer.toString(LARGEST_RECORD_BYTES));
    settings.put("replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD_BYTES));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
    return settings;
  }
}
