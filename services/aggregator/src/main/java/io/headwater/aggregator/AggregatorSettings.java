package io.headwater.aggregator;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.aggregator.window.WindowSize;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;
import io.headwater.schemas.TopicPlan;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The keys of the aggregator's settings, with their defaults and what they mean. */
public final class AggregatorSettings {
  public static final String HTTP_HOST = "aggregator.http.host";
  public static final String HTTP_PORT = "aggregator.http.port";
  public static final String HTTP_TOKEN = "aggregator.http.token";
  public static final String ADMIN_PORT = "aggregator.admin.port";
  public static final String ADVERTISED_URL = "aggregator.advertised.url";
  public static final String THREADS = "aggregator.threads";
  public static final String COMMIT_INTERVAL = "aggregator.commit.interval.ms";
  public static final String PENDING_RETENTION = "aggregator.pending.retention.ms";
  public static final String CLOCK_AHEAD = "aggregator.clock.ahead.ms";
  public static final String MAX_RECORD_BYTES = "aggregator.max.record.bytes";
  public static final String RECORD_CACHE = "aggregator.record.cache.bytes";
  public static final String ROCKSDB_MEMORY = "aggregator.rocksdb.memory.bytes";
  public static final String QUERY_TIMEOUT = "aggregator.query.timeout.ms";
  public static final String QUERY_WINDOWS = "aggregator.query.windows";
  public static final String FEED_SIZE = "aggregator.feed.size";
  public static final String FEED_TEXT = "aggregator.feed.text.characters";
  public static final String FEED_CLIENTS = "aggregator.feed.clients";
  public static final String FEED_QUEUE = "aggregator.feed.queue";
  public static final String FEED_RATE = "aggregator.feed.events.per.second";
  public static final String EXPLANATIONS = "aggregator.explanations.bytes";

  /** The settings of the dashboard and its interface. */
  public static final HttpEndpoint.Keys HTTP =
      new HttpEndpoint.Keys(HTTP_HOST, HTTP_PORT, HTTP_TOKEN);

  /** The settings of the admin endpoint. */
  public static final HttpEndpoint.Keys ADMIN =
      new HttpEndpoint.Keys(HTTP_HOST, ADMIN_PORT, HttpSettings.ADMIN_TOKEN);

  private static final int LAST_PORT = 65_535;
  private static final int MEBI = 1024 * 1024;

  private AggregatorSettings() {}

  /** Key of how late a message may come for a window of that size. */
  public static String grace(WindowSize size) {
    return "aggregator.windows.%s.grace.ms".formatted(size.label());
  }

  /** Key of how long windows of that size can be asked for. */
  public static String retention(WindowSize size) {
    return "aggregator.windows.%s.retention.ms".formatted(size.label());
  }

  static ConfigDef define(ConfigDef definition) {
    defineHttp(definition);
    defineStreams(definition);
    defineWindows(definition);
    return defineFeed(definition);
  }

  private static void defineHttp(ConfigDef definition) {
    HttpSettings.defineToken(
        definition,
        HTTP_TOKEN,
        "Token of the dashboard and its interface; people log in with it. Empty: http.token.");
    definition
        .define(
            HTTP_HOST,
            Type.STRING,
            "127.0.0.1",
            new NonEmptyString(),
            Importance.HIGH,
            "Address that the dashboard, its interface and the admin endpoint listen on; 0.0.0.0"
                + " for every interface.")
        .define(
            HTTP_PORT,
            Type.INT,
            8080,
            between(0, LAST_PORT),
            Importance.HIGH,
            "Port of the dashboard and its interface; 0: any free one.")
        .define(
            ADMIN_PORT,
            Type.INT,
            9103,
            between(0, LAST_PORT),
            Importance.MEDIUM,
            "Port of /metrics and /health; 0: any free one.")
        .define(
            ADVERTISED_URL,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "How other instances reach this one, http://HOST:PORT or https://HOST:PORT, the scheme"
                + " being the same for all; empty: by its host and port.")
        .define(
            QUERY_TIMEOUT,
            Type.LONG,
            2_000L,
            atLeast(1),
            Importance.LOW,
            "How long other instances may take to answer a question for windows.")
        .define(
            QUERY_WINDOWS,
            Type.INT,
            10_000,
            atLeast(1),
            Importance.LOW,
            "Most windows in an answer; the newest are kept.");
  }

  private static void defineStreams(ConfigDef definition) {
    definition
        .define(THREADS, Type.INT, 1, atLeast(1), Importance.MEDIUM, "Stream threads.")
        .define(
            COMMIT_INTERVAL,
            Type.LONG,
            400L,
            atLeast(1),
            Importance.MEDIUM,
            "How long insights and windows wait for their commit on a busy machine; a quarter of"
                + " that while there is processor time to spare. Where none is left, reads rest"
                + " too: half of it, at most 200. Longer: less work, later results.")
        .define(
            PENDING_RETENTION,
            Type.LONG,
            TimeUnit.HOURS.toMillis(24),
            atLeast(1),
            Importance.MEDIUM,
            "How long, in the time of the records, a message waits for its results. A scorer that"
                + " is away for longer loses insights.")
        .define(
            CLOCK_AHEAD,
            Type.LONG,
            TimeUnit.MINUTES.toMillis(5),
            atLeast(0),
            Importance.LOW,
            "How far sentAt may be ahead of the record's timestamp and still be believed.")
        .define(
            MAX_RECORD_BYTES,
            Type.INT,
            TopicPlan.DEFAULT_MAX_RECORD_BYTES,
            between(16 * 1024, Integer.MAX_VALUE / 4),
            Importance.LOW,
            "Largest record that the topics take (max.message.bytes). Dead letters may be twice as large.")
        .define(
            RECORD_CACHE,
            Type.INT,
            32 * MEBI,
            atLeast(0),
            Importance.LOW,
            "Memory of all threads for records that change before the next commit.")
        .define(
            ROCKSDB_MEMORY,
            Type.INT,
            128 * MEBI,
            atLeast(8 * MEBI),
            Importance.LOW,
            "Memory of all state stores for RocksDB's blocks and write buffers.");
  }

  private static void defineWindows(ConfigDef definition) {
    for (WindowSize size : WindowSize.values()) {
      definition
          .define(
              grace(size),
              Type.LONG,
              switch (size) {
                case SECOND -> TimeUnit.MINUTES.toMillis(1);
                case MINUTE -> TimeUnit.MINUTES.toMillis(10);
                case HOUR -> TimeUnit.HOURS.toMillis(6);
              },
              atLeast(0),
              Importance.MEDIUM,
              "How far behind the newest message one may be after the end of its window of %s and"
                      .formatted(size.label())
                  + " still be counted.")
          .define(
              retention(size),
              Type.LONG,
              switch (size) {
                case SECOND -> TimeUnit.HOURS.toMillis(1);
                case MINUTE -> TimeUnit.DAYS.toMillis(1);
                case HOUR -> TimeUnit.DAYS.toMillis(30);
              },
              atLeast(1),
              Importance.MEDIUM,
              "How long windows of %s can be asked for.".formatted(size.label()));
    }
  }

  private static ConfigDef defineFeed(ConfigDef definition) {
    return definition
        .define(
            FEED_SIZE,
            Type.INT,
            1_000,
            atLeast(1),
            Importance.LOW,
            "Latest insights that are kept for the dashboard, and updates of windows.")
        .define(
            FEED_TEXT,
            Type.INT,
            2_000,
            atLeast(1),
            Importance.LOW,
            "Characters of a text that the dashboard gets; insights in Kafka are always whole.")
        .define(
            FEED_CLIENTS,
            Type.INT,
            100,
            atLeast(1),
            Importance.LOW,
            "Live streams at a time; each keeps a thread.")
        .define(
            FEED_QUEUE,
            Type.INT,
            500,
            atLeast(1),
            Importance.LOW,
            "Insights that wait for one slow dashboard before it loses the oldest.")
        .define(
            FEED_RATE,
            Type.INT,
            50,
            atLeast(1),
            Importance.LOW,
            "Insights sent to one dashboard in a second; the page says how many were left out.")
        .define(
            EXPLANATIONS,
            Type.INT,
            32 * MEBI,
            atLeast(0),
            Importance.LOW,
            "Memory for the latest explanations, which the dashboard can show.");
  }
}
