package io.headwater.cli.letters;

import io.headwater.cli.ingest.PointInTime;
import io.headwater.cli.ingest.TopicNames;
import io.headwater.cli.river.DurationConverter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options that say which letters: the same for list, replay and export. */
final class LetterOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "Only these letters, as list prints them: PARTITION@OFFSET, such as 3@1042.")
  private List<LetterAddress> addresses = new ArrayList<>();

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description =
          "Only what this service gave up on: tokenizer, scorer or aggregator; may be repeated.")
  private List<String> stages = new ArrayList<>();

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      description = "Only with this cause; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
  private List<DeadLetterCause> causes = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "Only records of this time or later: a time as 2026-01-31T12:00:00Z, or how long ago, as"
              + " 30m, 2h or 7d. It is the time of the record that died, not of its death.")
  private Optional<Instant> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Only records before this time, written likewise.")
  private Optional<Instant> until = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only records that were read from this topic, for example messages.")
  private Optional<String> topic = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "TEXT",
      description = "Only records with this key, compared with its bytes in UTF-8.")
  private Optional<String> key = Optional.empty();

  /** What the options say. */
  LetterFilter filter(HeadwaterTopics topics) {
    return new LetterFilter(
        Set.copyOf(addresses),
        stages.stream().map(stage -> stage.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        Set.copyOf(causes),
        since,
        until,
        topic.map(name -> TopicNames.find(topics, name).<String>map(Topic::name).orElse(name)),
        key);
  }

  /** Reads an address. */
  static final class AddressConverter implements ITypeConverter<LetterAddress> {
    @Override
    public LetterAddress convert(String value) {
      try {
        return LetterAddress.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Reads a time, or how long ago it was. */
  static final class MomentConverter implements ITypeConverter<Instant> {
    private final InstantSource clock;

    MomentConverter() {
      this(InstantSource.system());
    }

    MomentConverter(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public Instant convert(String value) {
      try {
        return value.matches("\\d{1,9}[a-z]{1,2}")
            ? clock.instant().minus(new DurationConverter().convert(value))
            : PointInTime.parse(value);
      } catch (DateTimeParseException | TypeConversionException e) {
        throw new TypeConversionException(
            "'%s' is neither a time as 2026-01-31T12:00:00Z nor how long ago, as 30m, 2h or 7d"
                .formatted(value));
      }
    }
  }
}
