package io.headwater.tokenizer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class KeyShareTest {
  private static final int KEYS = 20_000;

  @Property(tries = 20)
  void aShareTakesAboutThatManyKeys(@ForAll @DoubleRange(min = 0, max = 1) double share) {
    KeyShare taken = new KeyShare(share, "canary a@1");

    long count = IntStream.range(0, KEYS).filter(i -> taken.takes(key(i))).count();

    assertThat((double) count / KEYS).isCloseTo(share, within(0.02));
  }

  @Property(tries = 50)
  void aLargerShareTakesAllThatASmallerOneTakes(
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other,
      @ForAll byte[] key) {
    KeyShare smaller = new KeyShare(Math.min(one, other), "s");
    KeyShare larger = new KeyShare(Math.max(one, other), "s");

    assertThat(!smaller.takes(key) || larger.takes(key)).isTrue();
  }

  @Example
  void noneTakesNothingAndAllTakesEverything() {
    assertThat(IntStream.range(0, KEYS)).noneMatch(i -> new KeyShare(0, "s").takes(key(i)));
    assertThat(IntStream.range(0, KEYS)).allMatch(i -> new KeyShare(1, "s").takes(key(i)));
  }

  @Example
  void otherSaltsTakeOtherKeys() {
    KeyShare one = new KeyShare(0.1, "canary a@1");
    KeyShare other = new KeyShare(0.1, "canary b@1");

    long both =
        IntStream.range(0, KEYS).filter(i -> one.takes(key(i)) && other.takes(key(i))).count();

    assertThat((double) both / KEYS).isCloseTo(0.01, within(0.005));
  }

  @Example
  void aShareIsNoMoreThanAll() {
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyShare(1.5, "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyShare(Double.NaN, "s"));
  }

  private static byte[] key(int number) {
    return ("k-" + number).getBytes(StandardCharsets.UTF_8);
  }
}
