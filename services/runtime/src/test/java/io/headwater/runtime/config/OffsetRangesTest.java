package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.runtime.config.OffsetRanges.Range;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetRangesTest {
  @Test
  void theEndIsExclusiveAndPartitionsThatAreNotNamedHaveNoRecords() {
    OffsetRanges ranges = OffsetRanges.parse("0:100-2000, 3:50-50");

    assertThat(ranges.contains(0, 99)).isFalse();
    assertThat(ranges.contains(0, 100)).isTrue();
    assertThat(ranges.contains(0, 1999)).isTrue();
    assertThat(ranges.contains(0, 2000)).isFalse();
    assertThat(ranges.contains(3, 50)).isFalse();
    assertThat(ranges.contains(1, 100)).isFalse();
    assertThat(ranges.end(0)).hasValue(2000L);
    assertThat(ranges.end(1)).hasValue(0L);
  }

  @Test
  void nothingWrittenIsEverything() {
    assertThat(OffsetRanges.parse(" ")).isEqualTo(OffsetRanges.EVERYTHING);
    assertThat(OffsetRanges.EVERYTHING.contains(7, Long.MAX_VALUE)).isTrue();
    assertThat(OffsetRanges.EVERYTHING.end(7)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0:5", "0:5-", "0:-1-5", "a:1-2", "0:1-2;1:1-2", "0:5-4", "0:1-2,"})
  void anythingElseIsAFault(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> OffsetRanges.parse(text));
  }

  @Test
  void aPartitionIsNamedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OffsetRanges.parse("0:1-2,0:3-4"))
        .withMessageContaining("twice");
  }

  @Test
  void theSettingIsCheckedWithTheOthers() {
    ConfigDef definition = CommonSettings.define(new ConfigDef());

    assertThat(
            CommonSettings.messagesRange(
                SettingsReader.read(
                    definition, Optional.empty(), Map.of(), Map.of("messages.range", "1:2-3"))))
        .isEqualTo(new OffsetRanges(Map.of(1, new Range(2, 3))));
    assertThatThrownBy(
            () ->
                SettingsReader.read(
                    definition, Optional.empty(), Map.of(), Map.of("messages.range", "all")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("messages.range")
        .hasMessageContaining("PARTITION:FROM-TO");
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("ranges") OffsetRanges ranges) {
    assertThat(OffsetRanges.parse(ranges.toString())).isEqualTo(ranges);
  }

  @Provide
  Arbitrary<OffsetRanges> ranges() {
    Arbitrary<Long> numbers = Arbitraries.longs().between(0, 1_000_000_000_000L);
    Arbitrary<Range> range =
        Combinators.combine(numbers, numbers).as((a, b) -> new Range(a, a + b));
    return Arbitraries.maps(Arbitraries.integers().between(0, 5_000), range)
        .ofMaxSize(20)
        .map(OffsetRanges::new);
  }
}
