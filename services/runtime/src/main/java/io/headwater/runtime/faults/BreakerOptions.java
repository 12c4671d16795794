package io.headwater.runtime.faults;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.headwater.runtime.config.Settings;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * When a service stops reading because too many records fail.
 *
 * @param window how many of the last records count; 0: it never stops
 * @param share it stops when this share of {@code window} records became dead letters, 0 to 1
 * @param pause how long it reads nothing before it tries again
 */
public record BreakerOptions(int window, double share, Duration pause) {
  public static final String WINDOW = "breaker.window";
  public static final String SHARE = "breaker.share";
  public static final String PAUSE = "breaker.pause.ms";

  /** A breaker that never stops anything. */
  public static final BreakerOptions OFF = new BreakerOptions(0, 1, Duration.ofMinutes(1));

  public BreakerOptions {
    if (window < 0 || !(share > 0 && share <= 1) || pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "A breaker counts 0 records or more, stops at a share above 0 and at most 1, and pauses");
    }
  }

  /** Adds the keys to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            WINDOW,
            Type.INT,
            200,
            between(0, 1_000_000),
            Importance.MEDIUM,
            "The circuit breaker looks at that many of a service's last records. 0: no breaker, so"
                + " every bad record goes to the dead letters however many they are.")
        .define(
            SHARE,
            Type.DOUBLE,
            0.5,
            between(0.001, 1.0),
            Importance.MEDIUM,
            "Share of those records that may fail before the service stops reading: the fault is"
                + " then hardly the records', but a model's or a schema's.")
        .define(
            PAUSE,
            Type.LONG,
            60_000L,
            atLeast(1),
            Importance.LOW,
            "How long a service that has stopped so waits before it tries a few records again.");
  }

  /** Reads the options. */
  public static BreakerOptions from(Settings settings) {
    return new BreakerOptions(
        settings.integer(WINDOW), settings.number(SHARE), settings.millis(PAUSE));
  }

  boolean isOff() {
    return window == 0;
  }

  /** So many failures among the last {@link #window} records stop the service. */
  int threshold() {
    return Math.max(1, (int) Math.ceil(share * window));
  }
}
