package io.headwater.gateway;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.gateway.http.RateLimits;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How the gateway runs. Sizes are in bytes.
 *
 * @param door where the door is, and for whom
 * @param admin where the admin endpoint is, and for whom
 * @param rates how many messages a second come in
 * @param maxBodyBytes largest request
 * @param maxTextBytes longest text, in UTF-8
 * @param maxInflightMessages the most messages that Kafka has not acknowledged yet
 * @param maxInflightBytes the most bytes of requests being worked on
 * @param maxConnections the most connections that are open at a time
 * @param deliveryTimeout how long Kafka may take to acknowledge
 */
public record GatewayConfig(
    HttpEndpoint door,
    HttpEndpoint admin,
    RateLimits rates,
    int maxBodyBytes,
    int maxTextBytes,
    int maxInflightMessages,
    int maxInflightBytes,
    int maxConnections,
    Duration deliveryTimeout) {
  /** Setting of the door's host. */
  public static final String HTTP_HOST = "gateway.http.host";

  /** Setting of the door's port. */
  public static final String HTTP_PORT = "gateway.http.port";

  /** Setting of the admin endpoint's host. */
  public static final String ADMIN_HOST = "gateway.admin.host";

  /** Setting of the admin endpoint's port. */
  public static final String ADMIN_PORT = "gateway.admin.port";

  /** Setting of the door's own token. */
  public static final String HTTP_TOKEN = "gateway.http.token";

  /** Setting of the rate of all clients together. */
  public static final String RATE = "gateway.rate.messages.per.second";

  /** Setting of the rate of one client. */
  public static final String CLIENT_RATE = "gateway.rate.client.messages.per.second";

  /** The settings of the door. */
  public static final HttpEndpoint.Keys DOOR =
      new HttpEndpoint.Keys(HTTP_HOST, HTTP_PORT, HTTP_TOKEN);

  /** The settings of the admin endpoint. */
  public static final HttpEndpoint.Keys ADMIN =
      new HttpEndpoint.Keys(ADMIN_HOST, ADMIN_PORT, HttpSettings.ADMIN_TOKEN);

  /** Setting of the largest request; {@code headwater send} has no use for it. */
  public static final String MAX_BODY_BYTES = "gateway.max.body.bytes";

  /** Setting of the longest text; {@code headwater send} keeps to it as well. */
  public static final String MAX_TEXT_BYTES = "gateway.max.text.bytes";

  /** Setting of the most messages in flight; {@code headwater send} keeps to it as well. */
  public static final String MAX_INFLIGHT_MESSAGES = "gateway.max.inflight.messages";

  /** Setting of the most bytes in flight; {@code headwater send} keeps to it as well. */
  public static final String MAX_INFLIGHT_BYTES = "gateway.max.inflight.bytes";

  /** Setting of the most connections. */
  public static final String MAX_CONNECTIONS = "gateway.max.connections";

  /** Setting of the delivery timeout; {@code headwater send} keeps to it as well. */
  public static final String DELIVERY_TIMEOUT = "gateway.delivery.timeout.ms";

  public GatewayConfig {
    List<String> faults = new ArrayList<>();
    if (maxBodyBytes > maxInflightBytes) {
      faults.add(
          "%s: %d is above %s (%d): such a request could never be taken"
              .formatted(MAX_BODY_BYTES, maxBodyBytes, MAX_INFLIGHT_BYTES, maxInflightBytes));
    }
    if (maxTextBytes > maxBodyBytes) {
      faults.add(
          "%s: %d is above %s (%d): such a text could never be sent"
              .formatted(MAX_TEXT_BYTES, maxTextBytes, MAX_BODY_BYTES, maxBodyBytes));
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  /** Adds the gateway's keys to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    HttpSettings.defineToken(definition, HTTP_TOKEN, "Token of POST /messages. Empty: http.token.");
    return defineLimits(
        definition
            .define(
                HTTP_HOST,
                Type.STRING,
                "127.0.0.1",
                new NonEmptyString(),
                HIGH,
                "Where POST /messages listens; 0.0.0.0 for every interface.")
            .define(HTTP_PORT, Type.INT, 8081, between(0, 65_535), HIGH, "Port of POST /messages.")
            .define(
                ADMIN_HOST,
                Type.STRING,
                "127.0.0.1",
                new NonEmptyString(),
                LOW,
                "Host of the admin endpoint.")
            .define(
                ADMIN_PORT,
                Type.INT,
                9104,
                between(0, 65_535),
                LOW,
                "Port of the admin endpoint (metrics, health)."));
  }

  private static ConfigDef defineLimits(ConfigDef definition) {
    return definition
        .define(
            MAX_BODY_BYTES, Type.INT, 8 << 20, atLeast(1), MEDIUM, "Largest request; more is 413.")
        .define(
            MAX_TEXT_BYTES,
            Type.INT,
            IngestLimits.DEFAULT_MAX_TEXT_BYTES,
            between(1, IngestLimits.DEFAULT_MAX_TEXT_BYTES),
            MEDIUM,
            "Longest text, in bytes of UTF-8; more is 413.")
        .define(
            MAX_INFLIGHT_MESSAGES,
            Type.INT,
            10_000,
            atLeast(1),
            MEDIUM,
            "Messages taken in and not acknowledged by Kafka yet; beyond is 429. Also the most"
                + " messages of one request.")
        .define(
            MAX_INFLIGHT_BYTES,
            Type.INT,
            64 << 20,
            atLeast(1),
            MEDIUM,
            "Bytes of requests not acknowledged by Kafka yet; beyond is 429.")
        .define(
            RATE,
            Type.INT,
            0,
            atLeast(0),
            MEDIUM,
            "Messages a second from all clients together; beyond is 429. 0: no limit.")
        .define(
            CLIENT_RATE,
            Type.INT,
            0,
            atLeast(0),
            MEDIUM,
            "Messages a second from one client address (of IPv6: from a /64); beyond is 429. 0: no"
                + " limit. Behind a proxy all clients have the proxy's address.")
        .define(MAX_CONNECTIONS, Type.INT, 1_024, atLeast(1), LOW, "Connections open at a time.")
        .define(
            DELIVERY_TIMEOUT,
            Type.LONG,
            10_000L,
            between(1_000, 600_000),
            MEDIUM,
            "How long Kafka may take to acknowledge; after that the answer is 503.");
  }

  /**
   * Reads the gateway's settings.
   *
   * @throws InvalidSettingsException when they do not fit together
   */
  public static GatewayConfig from(Settings settings) {
    return new GatewayConfig(
        HttpSettings.endpoint(settings, DOOR),
        HttpSettings.endpoint(settings, ADMIN),
        new RateLimits(settings.integer(RATE), settings.integer(CLIENT_RATE)),
        settings.integer(MAX_BODY_BYTES),
        settings.integer(MAX_TEXT_BYTES),
        settings.integer(MAX_INFLIGHT_MESSAGES),
        settings.integer(MAX_INFLIGHT_BYTES),
        settings.integer(MAX_CONNECTIONS),
        settings.millis(DELIVERY_TIMEOUT));
  }
}
