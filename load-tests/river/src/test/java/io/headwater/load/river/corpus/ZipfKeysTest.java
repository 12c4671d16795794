package io.headwater.load.river.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ZipfKeysTest {
  private static final int DRAWS = 100_000;

  @Test
  void keysComeInProportionToTheirRank() {
    ZipfKeys keys = new ZipfKeys(100, 1.0, 7);
    int[] counts = new int[100];

    for (long number = 0; number < DRAWS; number++) {
      counts[keys.rank(number)]++;
    }

    double harmonic = 0;
    for (int rank = 1; rank <= 100; rank++) {
      harmonic += 1.0 / rank;
    }
    assertThat((double) counts[0] / DRAWS).isCloseTo(1 / harmonic, within(0.01));
    assertThat((double) counts[0] / counts[1]).isCloseTo(2, within(0.15));
    assertThat((double) counts[0] / counts[9]).isCloseTo(10, within(1.0));
  }

  @Test
  void withoutAnExponentAllKeysAreAlike() {
    ZipfKeys keys = new ZipfKeys(10, 0, 7);
    int[] counts = new int[10];

    for (long number = 0; number < DRAWS; number++) {
      counts[keys.rank(number)]++;
    }

    for (int count : counts) {
      assertThat((double) count / DRAWS).isCloseTo(0.1, within(0.01));
    }
  }

  @Property
  void theSameNumberHasTheSameKey(
      @ForAll @IntRange(min = 1, max = 50) int count, @ForAll @LongRange(min = 0) long number) {
    assertThat(new ZipfKeys(count, 1.2, 3).key(number))
        .isEqualTo(new ZipfKeys(count, 1.2, 3).key(number));
    assertThat(new ZipfKeys(count, 1.2, 3).rank(number)).isBetween(0, count - 1);
  }

  @Test
  void noKeysAreRefused() {
    assertThatThrownBy(() -> new ZipfKeys(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
