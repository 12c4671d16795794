package io.headwater.gateway;

import static java.util.Objects.requireNonNull;

import io.headwater.gateway.http.DoorLimits;
import io.headwater.gateway.http.HttpDoor;
import io.headwater.gateway.ingest.BatchParser;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.gateway.kafka.ProducerSettings;
import io.headwater.gateway.kafka.RiverProbe;
import io.headwater.gateway.kafka.RiverWatch;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.http.AdminServer;
import io.headwater.runtime.lifecycle.ManagedService;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The gateway: owns its web server, its producer and the watch over the river. A broker or registry
 * that is down, and topics or schemas that are missing, keep it from being ready, not from running:
 * requests are answered with 503 meanwhile, and the watch goes on looking.
 */
public final class GatewayService extends ManagedService {
  /** Name of the service. */
  public static final String NAME = "gateway";

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);

  private final GatewayConfig config;
  private final River river;
  private volatile @Nullable HttpDoor door;
  private volatile @Nullable AdminServer admin;

  /**
   * Where the messages go.
   *
   * @param check throws {@link ConfigException} when the clients' properties cannot be used
   * @param probe tells what is missing
   * @param sender opens the way in, once nothing is missing
   */
  record River(Runnable check, Supplier<RiverProbe> probe, Supplier<MessageSender> sender) {}

  GatewayService(GatewayConfig config, River river, Telemetry telemetry) {
    super(NAME, requireNonNull(telemetry, "telemetry"));
    this.config = requireNonNull(config, "config");
    this.river = requireNonNull(river, "river");
  }

  /** A gateway that is not started yet. The telemetry stays the caller's. */
  public static GatewayService create(
      GatewayConfig config, KafkaConnection kafka, Telemetry telemetry) {
    Map<String, Object> producer =
        ProducerSettings.forInflight(
                config.deliveryTimeout(), config.maxInflightMessages(), config.maxInflightBytes())
            .properties(kafka);
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    River river =
        new River(
            () -> {
              var unusedProducer = new ProducerConfig(producer);
              var unusedAdmin = new AdminClientConfig(kafka.forAdmin());
            },
            () -> RiverProbe.of(kafka, registry, List.of(topics.messages())),
            () ->
                MessageSender.open(
                    new KafkaProducer<>(producer),
                    registry.encoder(topics.messages()),
                    topics.messages().name()));
    return new GatewayService(config, river, telemetry);
  }

  @Override
  protected void open() {
    try {
      river.check().run();
    } catch (ConfigException e) {
      throw new StartException("gateway: a Kafka client's setting is wrong: " + e.getMessage(), e);
    }
    admin = own(AdminServer.start(config.admin(), telemetry()));
    RiverWatch watch = own(new RiverWatch(river.probe().get(), river.sender(), WATCH_INTERVAL));
    telemetry().health().readiness("river", watch::status);
    Inflight inflight = new Inflight(config.maxInflightMessages(), config.maxInflightBytes());
    // Closed first: it shuts, and lets Kafka acknowledge what is on its way, and answers it.
    HttpDoor opened = own(door(watch, inflight));
    opened.open();
    door = opened;
    watch.start();
    stateHolder().running();
  }

  private HttpDoor door(RiverWatch watch, Inflight inflight) {
    MessageParser parser =
        new MessageParser(
            IngestLimits.ofText(config.maxTextBytes()),
            MessageDefaults.NONE,
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString());
    return new HttpDoor(
        config.door(),
        watch,
        new DoorLimits(
            config.maxBodyBytes(),
            config.maxConnections(),
            inflight,
            config.rates(),
            config.deliveryTimeout()),
        new BatchParser(parser, config.maxInflightMessages()),
        telemetry().meters());
  }

  /** The port that {@code POST /messages} listens on; empty before the start. */
  public Optional<Integer> httpPort() {
    return Optional.ofNullable(door).map(HttpDoor::port);
  }

  /** The port of the admin endpoint; empty before the start. */
  public Optional<Integer> adminPort() {
    return Optional.ofNullable(admin).map(AdminServer::port);
  }
}
