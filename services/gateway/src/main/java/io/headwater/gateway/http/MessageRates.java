package io.headwater.gateway.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.headwater.runtime.http.AddressBuckets;
import io.headwater.runtime.http.Problem;
import io.headwater.runtime.http.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds clients to their rates. A request costs one message when it comes, since how many it has is
 * only known when it was read; the others are charged then, and may be more than there is: who
 * sends so much at once waits the longer afterwards. Thread-safe.
 */
final class MessageRates {
  /** Addresses that are remembered; one that is forgotten begins anew. */
  private static final int ADDRESSES = 10_000;

  private final @Nullable Bucket all;
  private final @Nullable AddressBuckets clients;

  /**
   * Rates of a door.
   *
   * @param nanos a clock that only goes forward
   */
  MessageRates(RateLimits limits, LongSupplier nanos) {
    TimeMeter meter = meter(nanos);
    this.all = limits.all() == 0 ? null : bucket(limits.all(), meter);
    this.clients =
        limits.client() == 0
            ? null
            : new AddressBuckets(ADDRESSES, () -> bucket(limits.client(), meter));
  }

  /**
   * Lets a request in.
   *
   * @return to be charged with its messages
   * @throws RefusedException when its client, or all clients together, sent too much
   */
  Visit enter(String address) {
    Optional<Bucket> client = Optional.ofNullable(clients).map(table -> table.of(address));
    client.ifPresent(bucket -> take(bucket, "This address sends more messages"));
    if (all != null) {
      try {
        take(all, "All clients together send more messages");
      } catch (RefusedException e) {
        client.ifPresent(bucket -> bucket.addTokens(1));
        throw e;
      }
    }
    return messages -> {
      if (messages > 1) {
        client.ifPresent(bucket -> bucket.consumeIgnoringRateLimits(messages - 1));
        Optional.ofNullable(all).ifPresent(b -> b.consumeIgnoringRateLimits(messages - 1));
      }
    };
  }

  /** A request that was let in. */
  interface Visit {
    /** Charges it with the messages that it turned out to have. */
    void charge(long messages);
  }

  private static void take(Bucket bucket, String who) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds =
          TimeUnit.NANOSECONDS.toSeconds(
              probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1);
      throw new RefusedException(
          Problem.of(
                  429,
                  Problems.TOO_FAST,
                  who + " than may come in; nothing was taken, try again later")
              .retryAfter((int) Math.min(Integer.MAX_VALUE, Math.max(1, seconds))));
    }
  }

  private static Bucket bucket(int perSecond, TimeMeter meter) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(meter)
        .build();
  }

  private static TimeMeter meter(LongSupplier nanos) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return nanos.getAsLong();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }
}
