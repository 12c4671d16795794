package io.headwater.cli.letters;

import static io.headwater.cli.letters.Letters.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.DeadLetter;
import io.headwater.cli.letters.LetterOptions.MomentConverter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

class LetterFilterTest {
  private static final StoredLetter LETTER =
      Letters.stored(
          "3@1042",
          letter("scorer", DeadLetterCause.UNKNOWN_MODEL, "river.tokens.sentiment", "Bö"));

  @Command
  private static final class Options {
    @Mixin private LetterOptions letters;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                         | true",
        "--stage scorer                             | true",
        "--stage SCORER                             | true",
        "--stage tokenizer                          | false",
        "--stage tokenizer --stage scorer           | true",
        "--cause unknown_model                      | true",
        "--cause NOT_AVRO                           | false",
        "--cause NOT_AVRO --cause UNKNOWN_MODEL     | true",
        "--since 2026-01-31T12:00:00.250Z           | true",
        "--since 2026-01-31T12:00:00.251Z           | false",
        "--until 2026-01-31T12:00:00.251Z           | true",
        "--until 2026-01-31T12:00:00.250Z           | false",
        "--topic river.tokens.sentiment             | true",
        "--topic tokens.sentiment                   | true",
        "--topic tokens                             | true",
        "--topic messages                           | false",
        "--key Bö                                   | true",
        "--key B                                    | false",
        "3@1042                                     | true",
        "3@1041                                     | false",
        "3@1041 3@1042                              | true",
        "3@1042 --cause NOT_AVRO                    | false",
        "--stage scorer --cause UNKNOWN_MODEL --key Bö 3@1042 | true"
      })
  void takesWhatMeetsEveryCondition(String options, boolean taken) {
    assertThat(filter(options).takes(LETTER)).isEqualTo(taken);
  }

  @Test
  void aRecordWithoutAKeyHasNoKeyThatIsAskedFor() {
    StoredLetter keyless =
        Letters.stored("0@0", Letters.record(5, null, Letters.JUNK, new RecordHeaders()));

    assertThat(filter("").takes(keyless)).isTrue();
    assertThat(filter("--key x").takes(keyless)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stage s", "--cause NOT_AVRO", "--since 1h", "--until 1h", "--key k"})
  void knowsThatItIsNotForEverything(String options) {
    assertThat(filter(options).takesAll()).isFalse();
    assertThat(filter(options).asksForContent()).isTrue();
  }

  @Test
  void addressesAloneNeedNoLookIntoTheLetter() {
    assertThat(filter("3@1042").takesAll()).isFalse();
    assertThat(filter("3@1042").asksForContent()).isFalse();
    assertThat(filter("").takesAll()).isTrue();
  }

  @Test
  void aWrongCauseIsToldTheRightOnes() {
    assertThatThrownBy(() -> filter("--cause NOT_AVRA"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("NOT_AVRO");
  }

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-01-31T10:00:00.250Z",
    "7d, 2026-01-24T12:00:00.250Z",
    "2026-01-31T13:00:00+01:00, 2026-01-31T12:00:00Z",
    "1700000000000, 2023-11-14T22:13:20Z"
  })
  void timesAreReadAsTheyAreOrBackFromNow(String written, Instant time) {
    assertThat(new MomentConverter(InstantSource.fixed(NOON)).convert(written)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2w", "-2h", "2026-01-31"})
  void whatIsNoTimeIsToldTheForms(String written) {
    assertThatThrownBy(() -> new MomentConverter().convert(written))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("how long ago, as 30m, 2h or 7d");
  }

  private static LetterFilter filter(String options) {
    Options parsed = new Options();
    CommandLine line = new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(options.isBlank() ? new String[0] : options.strip().split(" +"));
    return parsed.letters.filter(new HeadwaterTopics("river."));
  }

  private static DeadLetter letter(String stage, DeadLetterCause cause, String topic, String key) {
    return Letters.letter(
        stage,
        cause,
        Letters.record(topic, 7, key.getBytes(UTF_8), Letters.JUNK, new RecordHeaders()));
  }
}
