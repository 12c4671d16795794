package io.headwater.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterAddressTest {
  @Property
  void whatIsPrintedIsReadAgain(
      @ForAll @IntRange(max = 100_000) int partition,
      @ForAll @LongRange(max = 1L << 50) long offset) {
    LetterAddress address = new LetterAddress(partition, offset);

    assertThat(LetterAddress.parse(address.toString())).isEqualTo(address);
    assertThat(address.key()).isEqualTo((partition + "@" + offset).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "@7", "3@", "-1@7", "3@-7", "3@7x", "3 @7", "99999999999@1"})
  void whatIsNoAddressIsToldTheForm(String written) {
    assertThatThrownBy(() -> LetterAddress.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PARTITION@OFFSET as in 3@1042");
  }

  @Test
  void ordersByPartitionThenOffsetAsNumbers() {
    assertThat(List.of(new LetterAddress(10, 0), new LetterAddress(2, 10), new LetterAddress(2, 9)))
        .isNotEmpty()
        .satisfies(
            addresses ->
                assertThat(addresses.stream().sorted().map(LetterAddress::toString))
                    .containsExactly("2@9", "2@10", "10@0"));
  }
}
