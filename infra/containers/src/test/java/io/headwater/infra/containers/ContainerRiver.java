package io.headwater.infra.containers;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A river of containers: Kafka and the registry, and our images as locked as they can be (read-only
 * root, no capability, no new privileges, nothing that may run outside the image).
 */
final class ContainerRiver implements AutoCloseable {
  static final String TOKEN = "of-a-test-0123456789";
  static final int STOP_SECONDS = 60;

  private static final String BROKER = "kafka:19092";
  private static final String REGISTRY = "http://registry:8080/apis/ccompat/v7";
  private static final long MEBI = 1L << 20;

  /** Megabytes of each service: what the documents advise. */
  private static final Map<String, Long> MEMORY =
      Map.of("tokenizer", 768L, "scorer", 1_280L, "aggregator", 896L, "gateway", 512L, "cli", 512L);

  private static final Map<String, Integer> ADMIN_PORTS =
      Map.of("tokenizer", 9101, "scorer", 9102, "aggregator", 9103, "gateway", 9104);

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka =
      new KafkaContainer(DockerImageName.parse("apache/kafka:4.3.1"))
          .withNetwork(network)
          .withListener(BROKER)
          .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
          .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
  private final GenericContainer<?> registry =
      new GenericContainer<>(DockerImageName.parse("apicurio/apicurio-registry:3.0.9"))
          .withNetwork(network)
          .withNetworkAliases("registry")
          .withExposedPorts(8080)
          .waitingFor(
              Wait.forHttp("/apis/ccompat/v7/subjects")
                  .forPort(8080)
                  .withStartupTimeout(Duration.ofMinutes(3)));
  private final Map<String, GenericContainer<?>> services = new LinkedHashMap<>();
  private boolean hasTokens;

  /** Starts Kafka and the registry, and lays the river's bed. */
  static ContainerRiver start(int partitions) {
    ContainerRiver river = new ContainerRiver();
    try {
      river.kafka.start();
      river.registry.start();
      river.hasTokens = river.cli("settings").output().contains("http.token");
      river
          .cli("topics", "create", "--partitions", "" + partitions, "--replication", "1")
          .wasGood();
      river.cli("schemas", "register").wasGood();
      return river;
    } catch (RuntimeException e) {
      river.close();
      throw e;
    }
  }

  /** What a container that has ended leaves. */
  record Ended(long exitCode, String output) {
    Ended wasGood() {
      if (exitCode != 0) {
        throw new IllegalStateException("ended with " + exitCode + ": " + output);
      }
      return this;
    }
  }

  /** The command line's image, with the river's addresses. */
  Ended cli(String... words) {
    return endsAtOnce(container("cli").withEnv(addresses()).withCommand(words));
  }

  /** Runs a container until it ends by itself. */
  static Ended endsAtOnce(GenericContainer<?> container) {
    try (GenericContainer<?> once = container) {
      once.withStartupCheckStrategy(new Indifferent().withTimeout(Duration.ofMinutes(2)));
      once.start();
      Long code =
          once.getDockerClient()
              .inspectContainerCmd(once.getContainerId())
              .exec()
              .getState()
              .getExitCodeLong();
      return new Ended(code == null ? -1 : code, once.getLogs());
    }
  }

  /** An exit code other than 0 is an answer too. */
  private static final class Indifferent extends OneShotStartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(
        com.github.dockerjava.api.DockerClient client, String id) {
      return super.checkStartupState(client, id) == StartupStatus.NOT_YET_KNOWN
          ? StartupStatus.NOT_YET_KNOWN
          : StartupStatus.SUCCESSFUL;
    }
  }

  /** Starts a service, which may be one that has been stopped, and waits until it is healthy. */
  GenericContainer<?> service(String name) {
    GenericContainer<?> before = services.remove(name);
    if (before != null) {
      before.close();
    }
    GenericContainer<?> service =
        container(name)
            .withNetwork(network)
            .withNetworkAliases(name)
            .withEnv(addresses())
            .withEnv("HEADWATER_INSTANCE_ID", name + "-0")
            .withExposedPorts(ports(name))
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(3)));
    services.put(name, service);
    service.start();
    return service;
  }

  private static Integer[] ports(String name) {
    return switch (name) {
      case "gateway" -> new Integer[] {8081, ADMIN_PORTS.get(name)};
      case "aggregator" -> new Integer[] {8080, ADMIN_PORTS.get(name)};
      default -> new Integer[] {ADMIN_PORTS.get(name)};
    };
  }

  /** A container of one of our images, as locked as it can be. */
  GenericContainer<?> container(String name) {
    return locked(name, requireNonNull(MEMORY.get(name))).withNetwork(network);
  }

  /** The same outside of any river. */
  static GenericContainer<?> locked(String name, long mebibytes) {
    return new GenericContainer<>(DockerImageName.parse(DockerEngine.image(name)))
        .withCreateContainerCmdModifier(
            command -> {
              HostConfig host = command.getHostConfig();
              host.withReadonlyRootfs(true)
                  .withCapDrop(Capability.ALL)
                  .withSecurityOpts(List.of("no-new-privileges"))
                  .withMemory(mebibytes * MEBI)
                  .withMemorySwap(mebibytes * MEBI)
                  .withTmpFs(
                      Map.of(
                          "/tmp", "rw,noexec,nosuid,nodev,size=64m",
                          "/var/lib/headwater", "rw,noexec,nosuid,nodev,uid=10001,gid=10001"));
            });
  }

  private Map<String, String> addresses() {
    Map<String, String> environment = new HashMap<>();
    environment.put("HEADWATER_BOOTSTRAP_SERVERS", BROKER);
    environment.put("HEADWATER_SCHEMA_REGISTRY_URL", REGISTRY);
    if (hasTokens) {
      environment.put("HEADWATER_HTTP_TOKEN", TOKEN);
    }
    return environment;
  }

  /** Sends SIGTERM, waits, and gives the exit code; SIGKILL would make it 137. */
  long stop(String name) {
    GenericContainer<?> service = running(name);
    service
        .getDockerClient()
        .stopContainerCmd(service.getContainerId())
        .withTimeout(STOP_SECONDS)
        .exec();
    Long code =
        service
            .getDockerClient()
            .inspectContainerCmd(service.getContainerId())
            .exec()
            .getState()
            .getExitCodeLong();
    return code == null ? -1 : code;
  }

  /** A service as it runs now. */
  GenericContainer<?> running(String name) {
    return requireNonNull(services.get(name), name);
  }

  String logs(String name) {
    return running(name).getLogs();
  }

  String url(String name, int port) {
    GenericContainer<?> service = running(name);
    return "http://%s:%d".formatted(service.getHost(), service.getMappedPort(port));
  }

  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  String registryUrl() {
    return "http://%s:%d/apis/ccompat/v7"
        .formatted(registry.getHost(), registry.getMappedPort(8080));
  }

  @Override
  public void close() {
    services.values().forEach(GenericContainer::close);
    registry.close();
    kafka.close();
    network.close();
  }
}
