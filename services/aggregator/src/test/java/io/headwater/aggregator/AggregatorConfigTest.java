package io.headwater.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.headwater.runtime.config.SettingsReader;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class AggregatorConfigTest {
  private static Settings settings(Map<String, String> flags) {
    return SettingsReader.read(definition(), Optional.empty(), Map.of(), flags);
  }

  private static ConfigDef definition() {
    return AggregatorConfig.define(
        HttpSettings.define(BreakerOptions.define(CommonSettings.define(new ConfigDef()))));
  }

  @Test
  void hasDefaultsForALaptop() {
    AggregatorConfig config = AggregatorConfig.from(settings(Map.of("instance.id", "0")));

    assertThat(config)
        .isEqualTo(
            new AggregatorConfig(
                new HttpOptions(
                    HttpEndpoint.loopback(8080, AggregatorSettings.HTTP), Optional.empty()),
                HttpEndpoint.loopback(9103, AggregatorSettings.ADMIN),
                new TopologyOptions(
                    Duration.ofHours(24),
                    new EventTime(Duration.ofMinutes(5)),
                    new WindowPlan(
                        Map.of(
                            WindowSize.SECOND,
                            new WindowRule(Duration.ofMinutes(1), Duration.ofHours(1)),
                            WindowSize.MINUTE,
                            new WindowRule(Duration.ofMinutes(10), Duration.ofDays(1)),
                            WindowSize.HOUR,
                            new WindowRule(Duration.ofHours(6), Duration.ofDays(30)))),
                    16 * 1024 * 1024),
                new StreamsOptions(
                    "0",
                    Path.of(".headwater/state/aggregator-0"),
                    1,
                    Duration.ofMillis(400),
                    32 * 1024 * 1024,
                    128 * 1024 * 1024),
                new QueryLimits(Duration.ofSeconds(2), 10_000),
                new FeedLimits(1_000, 2_000, 100, 500, 50),
                32 * 1024 * 1024,
                new BreakerOptions(200, 0.5, Duration.ofMinutes(1)),
                true));
  }

  @Test
  void mapsEveryKey() {
    Map<String, String> flags = everyKey();

    AggregatorConfig config = AggregatorConfig.from(settings(flags));

    assertThat(config)
        .isEqualTo(
            new AggregatorConfig(
                new HttpOptions(
                    new HttpEndpoint(
                        "0.0.0.0",
                        18_080,
                        AggregatorSettings.HTTP,
                        new HttpAccess(
                            AccessTokens.parse("sixteen-letters-at-least"), Optional.empty())),
                    Optional.of(URI.create("http://node-7:18080"))),
                new HttpEndpoint("0.0.0.0", 19_103, AggregatorSettings.ADMIN, HttpAccess.OPEN),
                new TopologyOptions(
                    Duration.ofSeconds(5),
                    new EventTime(Duration.ofMillis(6)),
                    new WindowPlan(
                        Map.of(
                            WindowSize.SECOND,
                            new WindowRule(Duration.ofMillis(12), Duration.ofMillis(60_013)),
                            WindowSize.MINUTE,
                            new WindowRule(Duration.ofMillis(14), Duration.ofMillis(600_015)),
                            WindowSize.HOUR,
                            new WindowRule(Duration.ofMillis(16), Duration.ofMillis(36_000_017)))),
                    70_000),
                new StreamsOptions(
                    "7", Path.of("/data/aggregator-7"), 3, Duration.ofMillis(4), 8, 9_000_000),
                new QueryLimits(Duration.ofMillis(10), 11),
                new FeedLimits(18, 19, 20, 21, 22),
                23,
                new BreakerOptions(50, 0.25, Duration.ofSeconds(3)),
                false));
    Set<String> own = new TreeSet<>(definition().names());
    own.removeIf(key -> !key.startsWith("aggregator."));
    assertThat(flags.keySet()).containsAll(own);
  }

  @Test
  void keepsTheFolderOfAnInstanceWithoutIdOverARestart() {
    AggregatorConfig config = AggregatorConfig.from(settings(Map.of()));

    assertThat(config.streams().stateFolder()).isEqualTo(Path.of(".headwater/state/aggregator"));
    assertThat(config.streams().instanceId()).isNotBlank();
  }

  @Test
  void reportsAllThatDoesNotFitTogether() {
    Map<String, String> flags =
        Map.of(
            "aggregator.windows.1s.retention.ms", "500",
            "aggregator.windows.1h.retention.ms", "500",
            "aggregator.advertised.url", "https://node-7/path");

    assertThatThrownBy(() -> AggregatorConfig.from(settings(flags)))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.faults())
                    .hasSize(3)
                    .anySatisfy(fault -> assertThat(fault).startsWith("aggregator.windows.1s"))
                    .anySatisfy(fault -> assertThat(fault).startsWith("aggregator.windows.1h"))
                    .anySatisfy(fault -> assertThat(fault).contains("http://HOST:PORT")));
  }

  @Test
  void anAdvertisedUrlWithoutTlsIsAFaultWhereTlsIsSpoken() {
    Map<String, String> flags = new HashMap<>();
    flags.put("http.tls.certificate", "/c.pem");
    flags.put("http.tls.key", "/k.pem");
    flags.put("aggregator.advertised.url", "http://node-7:8080");

    assertThatThrownBy(() -> AggregatorConfig.from(settings(flags)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("give it the form https://HOST:PORT");
    flags.put("aggregator.advertised.url", "https://node-7:8080");
    assertThat(AggregatorConfig.from(settings(flags)).http().advertisedUrl())
        .contains(URI.create("https://node-7:8080"));
  }

  private static Map<String, String> everyKey() {
    Map<String, String> flags = new HashMap<>();
    flags.put("instance.id", "7");
    flags.put("state.directory", "/data");
    flags.put("aggregator.http.host", "0.0.0.0");
    flags.put("aggregator.http.port", "18080");
    flags.put("aggregator.http.token", "sixteen-letters-at-least");
    flags.put("aggregator.admin.port", "19103");
    flags.put("aggregator.advertised.url", "http://node-7:18080");
    flags.put("aggregator.threads", "3");
    flags.put("aggregator.commit.interval.ms", "4");
    flags.put("aggregator.pending.retention.ms", "5000");
    flags.put("aggregator.clock.ahead.ms", "6");
    flags.put("aggregator.max.record.bytes", "70000");
    flags.put("aggregator.record.cache.bytes", "8");
    flags.put("aggregator.rocksdb.memory.bytes", "9000000");
    flags.put("aggregator.query.timeout.ms", "10");
    flags.put("aggregator.query.windows", "11");
    flags.put("aggregator.windows.1s.grace.ms", "12");
    flags.put("aggregator.windows.1s.retention.ms", "60013");
    flags.put("aggregator.windows.1m.grace.ms", "14");
    flags.put("aggregator.windows.1m.retention.ms", "600015");
    flags.put("aggregator.windows.1h.grace.ms", "16");
    flags.put("aggregator.windows.1h.retention.ms", "36000017");
    flags.put("breaker.window", "50");
    flags.put("breaker.share", "0.25");
    flags.put("breaker.pause.ms", "3000");
    flags.put("aggregator.feed.size", "18");
    flags.put("aggregator.feed.text.characters", "19");
    flags.put("aggregator.feed.clients", "20");
    flags.put("aggregator.feed.queue", "21");
    flags.put("aggregator.feed.events.per.second", "22");
    flags.put("aggregator.explanations.bytes", "23");
    flags.put("models.follow", "false");
    return flags;
  }
}
