package io.headwater.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInfraIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir Path data;

  @Test
  void servesBothAndLeavesNoProcessOnceClosed() throws Exception {
    // given
    LocalInfra infra = LocalInfra.start(config(data, TIMEOUT));
    new KafkaClients(infra.bootstrapServers()).createTopic("messages");
    new RegistryClient(infra.registryUrl()).register("messages-value", "Message");

    // when
    infra.close();
    infra.close();

    // then
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(LocalPort.isFree(infra.registryUrl().getPort())).isTrue();
  }

  @Test
  void stopsTheRegistryWhenTheBrokerCannotStart() {
    // given
    try (DirectoryLock held = DirectoryLock.acquire(data.resolve("kafka"))) {
      // when, then
      assertThatThrownBy(() -> LocalInfra.start(config(data, TIMEOUT)))
          .isInstanceOf(LocalInfraException.class)
          .hasMessageContaining("in use by this process");
      assertThat(held).isNotNull();
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void stopsTheBrokerWhenTheRegistryIsNotReadyInTime() {
    // when, then
    assertThatThrownBy(() -> LocalInfra.start(config(data, Duration.ofMillis(1))))
        .isInstanceOf(LocalInfraException.class)
        .hasMessageContaining("did not answer");
    DirectoryLock.acquire(data.resolve("kafka")).close();
    DirectoryLock.acquire(data.resolve("registry")).close();
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void survivesAKillOfItsProcessWithDataIdsAndFreePorts() throws Exception {
    // given
    int id;
    URI registryUrl;
    ProcessHandle registry;
    try (ChildJvm parent =
        ChildJvm.start(Parent.class, data.toString(), RegistryClient.runnerJar().toString())) {
      String[] announced = parent.nextLine().split(" ");
      assertThat(announced).hasSize(3);
      KafkaClients clients = new KafkaClients(announced[0]);
      registryUrl = URI.create(announced[1]);
      registry = ProcessHandle.of(Long.parseLong(announced[2])).orElseThrow();
      clients.createTopic("messages");
      clients.send("messages", "before the kill");
      id = new RegistryClient(registryUrl).register("messages-value", "Message");

      // when
      parent.kill();
    }

    // then
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !registry.isAlive());
    assertThat(LocalPort.isFree(registryUrl.getPort())).isTrue();
    try (LocalInfra infra = LocalInfra.start(config(data, TIMEOUT))) {
      assertThat(new KafkaClients(infra.bootstrapServers()).read("messages", 1))
          .containsExactly("before the kill");
      assertThat(new RegistryClient(infra.registryUrl()).latest("messages-value")).isEqualTo(id);
    }
  }

  @Test
  void dropsTheRegistryOfAParentKilledDuringItsStart() throws Exception {
    // given
    ProcessHandle registry;
    try (ChildJvm parent =
        ChildJvm.start(HastyParent.class, data.toString(), RegistryClient.runnerJar().toString())) {
      registry = ProcessHandle.of(Long.parseLong(parent.nextLine())).orElseThrow();

      // when
      parent.kill();
    }

    // then
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !registry.isAlive());
  }

  private static LocalInfraConfig config(Path data, Duration startTimeout) {
    return new LocalInfraConfig(data, 0, 0, 0, RegistryClient.runnerJar(), startTimeout);
  }

  /** A process that runs both until it is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws IOException {
      System.setProperty("headwater.registry.jar", arguments[1]);
      try (LocalInfra infra = LocalInfra.start(config(Path.of(arguments[0]), TIMEOUT))) {
        ChildJvm.announceAndWait(
            String.join(
                " ",
                infra.bootstrapServers(),
                infra.registryUrl().toString(),
                Long.toString(infra.registry().processId())));
      }
    }
  }

  /** A process that has only just launched its registry. */
  static final class HastyParent {
    private HastyParent() {}

    public static void main(String[] arguments) throws IOException {
      System.setProperty("headwater.registry.jar", arguments[1]);
      LocalRegistryConfig config = config(Path.of(arguments[0]), TIMEOUT).registry();
      try (LocalRegistry registry = LocalRegistry.launch(config)) {
        ChildJvm.announceAndWait(Long.toString(registry.processId()));
      }
    }
  }
}
