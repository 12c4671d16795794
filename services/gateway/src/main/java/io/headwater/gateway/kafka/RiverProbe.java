package io.headwater.gateway.kafka;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.RiverNeeds;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** Asks broker and registry what is missing. For one thread at a time. */
@FunctionalInterface
public interface RiverProbe extends AutoCloseable {
  /**
   * What is missing, one sentence each with the command that mends it.
   *
   * @throws RuntimeException when broker or registry do not answer
   */
  List<String> missing() throws InterruptedException;

  @Override
  default void close() {}

  /** A probe of the real thing. It connects at its first use: a broker's name may appear late. */
  static RiverProbe of(KafkaConnection kafka, SchemaRegistry registry, RiverNeeds needs) {
    Map<String, Object> properties = new HashMap<>(kafka.forAdmin());
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    properties.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    return new Connected(properties, registry, needs);
  }

  /** The probe over an admin client. */
  final class Connected implements RiverProbe {
    private final Map<String, Object> properties;
    private final SchemaRegistry registry;
    private final RiverNeeds needs;
    private @Nullable Admin admin;

    private Connected(Map<String, Object> properties, SchemaRegistry registry, RiverNeeds needs) {
      this.properties = properties;
      this.registry = registry;
      this.needs = needs;
    }

    @Override
    public List<String> missing() throws InterruptedException {
      Admin connected = admin;
      if (connected == null) {
        connected = Admin.create(properties);
        admin = connected;
      }
      return new RiverPreflight(connected, registry).missing(needs);
    }

    @Override
    public void close() {
      if (admin != null) {
        admin.close(Duration.ofSeconds(2));
      }
    }
  }
}
