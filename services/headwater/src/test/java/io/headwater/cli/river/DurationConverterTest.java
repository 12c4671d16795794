package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "60s,60000", "5m,300000", "2h,7200000", "7d,604800000", "7,7000"})
  void readsDurationsAsPeopleWriteThem(String written, long millis) {
    assertThat(new DurationConverter().convert(written)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void refusesWhatIsNoDurationWithAnExample() {
    assertThatThrownBy(() -> new DurationConverter().convert("soon"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("60s");
  }
}
