package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressBucketsTest {
  private final AddressBuckets buckets =
      new AddressBuckets(
          3,
          () ->
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(1).refillGreedy(1, Duration.ofHours(1)))
                  .build());

  @Test
  void eachAddressHasABucketOfItsOwn() {
    assertThat(buckets.of("192.0.2.1").tryConsume(1)).isTrue();
    assertThat(buckets.of("192.0.2.1").tryConsume(1)).isFalse();
    assertThat(buckets.of("192.0.2.2").tryConsume(1)).isTrue();
  }

  @Test
  void aNetworkOfVersionSixIsOneClient() {
    assertThat(buckets.of("2001:db8::1").tryConsume(1)).isTrue();
    assertThat(buckets.of("[2001:db8::ffff:2]").tryConsume(1)).isFalse();
    assertThat(buckets.of("2001:db8:0:1::1").tryConsume(1)).isTrue();
    assertThat(buckets.of("::ffff:192.0.2.9").tryConsume(1)).isTrue();
    assertThat(buckets.of("192.0.2.9").tryConsume(1)).isFalse();
  }

  @Test
  void forgetsTheLongestUnusedAndNoOther() {
    assertThat(buckets.of("192.0.2.0").tryConsume(1)).isTrue();
    for (int i = 1; i < 100; i++) {
      assertThat(buckets.of("192.0.2.0").tryConsume(1)).isFalse();
      assertThat(buckets.of("192.0.2." + i).tryConsume(1)).isTrue();
    }

    assertThat(buckets.size()).isEqualTo(3);
    assertThat(buckets.of("192.0.2.1").tryConsume(1)).isTrue();
  }
}
