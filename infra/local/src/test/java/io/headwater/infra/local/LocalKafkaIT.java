package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  @TempDir Path data;

  @Test
  void keepsCommittedRecordsAndHidesAbortedOnes() throws Exception {
    // given
    try (LocalKafka kafka = start()) {
      KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
      clients.createTopic("messages");
      try (Producer<String, String> producer = clients.transactionalProducer("scorer-1")) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("messages", "k", "aborted")).get();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("messages", "k", "committed")).get();
        producer.commitTransaction();
      }

      // when
      List<String> texts = clients.read("messages", 1);

      // then
      assertThat(texts).containsExactly("committed");
    }
  }

  @Test
  void keepsItsDataAcrossARestartOnOtherPorts() throws Exception {
    // given
    try (LocalKafka first = start()) {
      KafkaClients clients = new KafkaClients(first.bootstrapServers());
      clients.createTopic("messages");
      clients.send("messages", "before");
    }

    // when
    try (LocalKafka second = start()) {
      KafkaClients clients = new KafkaClients(second.bootstrapServers());
      clients.send("messages", "after");

      // then
      assertThat(clients.read("messages", 2)).containsExactlyInAnyOrder("before", "after");
    }
  }

  @Test
  void takesARecordOfSeveralMebibytesButNoUnknownTopic() throws Exception {
    // given
    try (LocalKafka kafka = start()) {
      KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
      clients.createTopic("tokens");
      String large = "x".repeat(7 * 1024 * 1024);

      // when
      clients.send("tokens", large);

      // then
      assertThat(clients.read("tokens", 1)).containsExactly(large);
      assertThat(clients.firstFault("misspelt").orElse("")).contains("UnknownTopicOrPartition");
    }
  }

  @Test
  void namesTheTakenPortAndLeavesNothingBehind() throws IOException {
    // given
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = holder.getLocalPort();

      // when, then
      assertThatThrownBy(() -> LocalKafka.start(new LocalKafkaConfig(data, taken, 0)))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("Port " + taken)
          .hasMessageContaining("setting kafka.port ");
      assertThatThrownBy(() -> LocalKafka.start(new LocalKafkaConfig(data, 0, taken)))
          .hasMessageContaining("setting kafka.controller.port ");
      assertThat(data).isEmptyDirectory();
    }
  }

  @Test
  void refusesTheFolderOfARunningBrokerWhichGoesOn() throws Exception {
    // given
    try (LocalKafka running = start()) {
      // when, then
      assertThatThrownBy(this::start)
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("in use by this process");
      new KafkaClients(running.bootstrapServers()).createTopic("messages");
    }
  }

  @Test
  void saysThatTheBrokerDidNotStartWhenItsDataAreBroken() throws Exception {
    // given
    start().close();
    Files.writeString(data.resolve("meta.properties"), "version=1\nnode.id=77\n");

    // when, then
    assertThatThrownBy(this::start)
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("did not start")
        .hasMessageNotContaining("\n");
    DirectoryLock.acquire(data).close();
  }

  @Test
  void reportsAFatalFaultInsteadOfEndingTheProcess() throws Exception {
    // given
    try (LocalKafka kafka = start()) {
      var failure = kafka.failure().toCompletableFuture();

      // when: what the broker does when, say, its disk is gone
      Exit.halt(1);

      // then
      assertThat(failure.get(5, TimeUnit.SECONDS)).hasMessageContaining("gave up");
    }
  }

  @Test
  void closesTwiceAndLeavesNoThreadAndNoPort() {
    // given
    LocalKafka kafka = start();
    int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
    assertThat(LocalPort.isFree(port)).isFalse();

    // when
    kafka.close();
    kafka.close();

    // then
    assertThat(LocalPort.isFree(port)).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(brokerThreads()).isEmpty());
  }

  private LocalKafka start() {
    return LocalKafka.start(new LocalKafkaConfig(data, 0, 0));
  }

  /** Those that would keep the JVM alive. */
  private static List<String> brokerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .map(Thread::getName)
        .filter(name -> name.matches("(?i).*(kafka|raft|broker|controller|quorum|log-).*"))
        .toList();
  }
}
