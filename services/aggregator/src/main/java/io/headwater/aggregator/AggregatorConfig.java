package io.headwater.aggregator;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.feed.FeedLimits;
import io.headwater.aggregator.http.HttpOptions;
import io.headwater.aggregator.query.QueryLimits;
import io.headwater.aggregator.streams.StreamsOptions;
import io.headwater.aggregator.topology.TopologyOptions;
import io.headwater.aggregator.window.EventTime;
import io.headwater.aggregator.window.WindowPlan;
import io.headwater.aggregator.window.WindowRule;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The aggregator's settings. Their keys are in {@link AggregatorSettings}.
 *
 * @param http the HTTP interface
 * @param admin where health and metrics are, and for whom
 * @param topology what is joined and counted
 * @param streams how that is run
 * @param queries bounds of questions for windows
 * @param feed bounds of the live feed
 * @param explanationBytes memory for explanations that can be shown
 * @param breaker when it stops reading because too many records fail
 * @param followsModels whether it watches which models serve, and takes back canaries
 */
public record AggregatorConfig(
    HttpOptions http,
    HttpEndpoint admin,
    TopologyOptions topology,
    StreamsOptions streams,
    QueryLimits queries,
    FeedLimits feed,
    int explanationBytes,
    BreakerOptions breaker,
    boolean followsModels) {
  public AggregatorConfig {
    requireNonNull(http, "http");
    requireNonNull(topology, "topology");
    requireNonNull(streams, "streams");
    requireNonNull(queries, "queries");
    requireNonNull(feed, "feed");
  }

  /** Adds the aggregator's own keys to a definition; the common ones must be there too. */
  public static ConfigDef define(ConfigDef definition) {
    return AggregatorSettings.define(definition);
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException when some do not fit together
   */
  public static AggregatorConfig from(Settings settings) {
    check(settings);
    return new AggregatorConfig(
        new HttpOptions(
            HttpSettings.endpoint(settings, AggregatorSettings.HTTP),
            settings.text(AggregatorSettings.ADVERTISED_URL).map(URI::create)),
        HttpSettings.endpoint(settings, AggregatorSettings.ADMIN),
        new TopologyOptions(
            settings.millis(AggregatorSettings.PENDING_RETENTION),
            new EventTime(settings.millis(AggregatorSettings.CLOCK_AHEAD)),
            windows(settings),
            settings.integer(AggregatorSettings.MAX_RECORD_BYTES),
            CommonSettings.messagesRange(settings)),
        streams(settings),
        new QueryLimits(
            settings.millis(AggregatorSettings.QUERY_TIMEOUT),
            settings.integer(AggregatorSettings.QUERY_WINDOWS)),
        new FeedLimits(
            settings.integer(AggregatorSettings.FEED_SIZE),
            settings.integer(AggregatorSettings.FEED_TEXT),
            settings.integer(AggregatorSettings.FEED_CLIENTS),
            settings.integer(AggregatorSettings.FEED_QUEUE),
            settings.integer(AggregatorSettings.FEED_RATE)),
        settings.integer(AggregatorSettings.EXPLANATIONS),
        BreakerOptions.from(settings),
        settings.flag(CommonSettings.MODELS_FOLLOW));
  }

  private static StreamsOptions streams(Settings settings) {
    return new StreamsOptions(
        CommonSettings.instanceId(settings),
        stateFolder(settings),
        settings.integer(AggregatorSettings.THREADS),
        settings.millis(AggregatorSettings.COMMIT_INTERVAL),
        settings.integer(AggregatorSettings.RECORD_CACHE),
        settings.integer(AggregatorSettings.ROCKSDB_MEMORY));
  }

  // An id made from the process would leave a folder behind at each restart, and restore it all.
  private static Path stateFolder(Settings settings) {
    String folder =
        settings.text(CommonSettings.INSTANCE_ID).map("aggregator-"::concat).orElse("aggregator");
    return settings.path(CommonSettings.STATE_DIRECTORY).resolve(folder);
  }

  private static WindowPlan windows(Settings settings) {
    Map<WindowSize, WindowRule> rules = new EnumMap<>(WindowSize.class);
    for (WindowSize size : WindowSize.values()) {
      rules.put(size, rule(settings, size));
    }
    return new WindowPlan(rules);
  }

  private static WindowRule rule(Settings settings, WindowSize size) {
    return new WindowRule(
        settings.millis(AggregatorSettings.grace(size)),
        settings.millis(AggregatorSettings.retention(size)));
  }

  /** What one key alone cannot tell. All faults are reported together. */
  private static void check(Settings settings) {
    List<String> faults = new ArrayList<>();
    for (WindowSize size : WindowSize.values()) {
      if (!rule(settings, size).fits(size)) {
        Duration least = size.length().plus(settings.millis(AggregatorSettings.grace(size)));
        faults.add(
            "%s: must be at least %d, the window's length and its grace (%s) together"
                .formatted(
                    AggregatorSettings.retention(size),
                    least.toMillis(),
                    AggregatorSettings.grace(size)));
      }
    }
    settings
        .text(AggregatorSettings.ADVERTISED_URL)
        .flatMap(url -> urlFault(settings, url))
        .ifPresent(faults::add);
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  private static Optional<String> urlFault(Settings settings, String url) {
    HttpEndpoint endpoint = HttpSettings.endpoint(settings, AggregatorSettings.HTTP);
    try {
      HttpOptions options = new HttpOptions(endpoint, Optional.of(URI.create(url)));
      return options.saysOtherwise()
          ? Optional.of(
              "%s: %s: give it the form https://HOST:PORT, since %s is set"
                  .formatted(AggregatorSettings.ADVERTISED_URL, url, HttpSettings.CERTIFICATE))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "%s: %s: give it the form http://HOST:PORT, or https"
              .formatted(AggregatorSettings.ADVERTISED_URL, url));
    }
  }
}
