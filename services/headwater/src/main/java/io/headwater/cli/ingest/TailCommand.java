package io.headwater.cli.ingest;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.output.RecordPrinter;
import io.headwater.cli.river.DurationConverter;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code headwater tail}: what flows in a topic. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Print the records of a topic as they come: messages, tokens.translation, scores.translation"
          + " (or translations), tokens.sentiment, scores.sentiment, insights, sentiment.windows (or windows), dead-letters, models and their kin.",
      "",
      "Only what is committed is shown. --json prints the whole record as one JSON object a line:"
          + " times in ISO 8601, bytes in base64. Control characters are made harmless in both forms."
    },
    footer = {
      "",
      "Examples:",
      "  headwater tail insights",
      "  headwater tail insights --json --from beginning --timeout 5s | jq .sentiment.label",
      "  headwater tail dead-letters --from 10-back --limit 10",
      "  headwater tail tokens.sentiment --from 3@1042 --limit 1 --json",
      "",
      "Ends on Ctrl-C, when its output is closed, or as --limit and --timeout say; exit code 0."
    })
public final class TailCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "TOPIC", description = "Name of the topic.")
  private String topicName;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(
      names = "--from",
      paramLabel = "POINT",
      defaultValue = "end",
      converter = StartConverter.class,
      description =
          "Where to begin: beginning, end, N-back (the last N records), PARTITION@OFFSET (only that"
              + " partition), or a time as 2026-01-31T12:00:00Z. Default: ${DEFAULT-VALUE}.")
  private TailStart from;

  @Option(names = "--limit", paramLabel = "N", description = "End after N records.")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "End when no record has come for this long, for example 10s or 500ms.")
  private Optional<Duration> timeout = Optional.empty();

  @Override
  public Integer call() {
    KafkaConnection kafka = connection.kafka();
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    Optional<Topic<?>> found = TopicNames.find(topics, topicName);
    if (found.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "headwater: there is no topic %s; there are %s"
                  .formatted(topicName, TopicNames.all(topics)));
      return ExitCodes.USAGE;
    }
    Topic<?> topic = found.get();
    try (RiverAccess river = RiverAccess.open(kafka)) {
      river.require(List.of(topic));
      RecordDecoder<? extends SpecificRecord> decoder = river.registry().decoder(topic);
      river.ask(
          () -> {
            try (Consumer<byte[], byte[]> consumer = river.consumer()) {
              follow(new TopicReader(consumer, topic.name()), decoder);
            }
            return true;
          });
    }
    return ExitCodes.OK;
  }

  private void follow(TopicReader reader, RecordDecoder<? extends SpecificRecord> decoder) {
    RecordPrinter printer = new RecordPrinter(spec.commandLine().getOut(), json);
    long left = limit.orElse(Long.MAX_VALUE);
    List<ConsumerRecord<byte[], byte[]>> records = reader.begin(from);
    long lastRecord = System.nanoTime();
    while (left > 0 && !isOver(lastRecord)) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (left == 0 || !printer.print(record, decoder.decode(record.value()))) {
          return;
        }
        left--;
      }
      if (!records.isEmpty()) {
        lastRecord = System.nanoTime();
      }
      if (left == 0) {
        return;
      }
      records = reader.next();
    }
  }

  private boolean isOver(long lastRecord) {
    return timeout
        .filter(longest -> System.nanoTime() - lastRecord > longest.toNanos())
        .isPresent();
  }

  /** Reads {@code --from}. */
  static final class StartConverter implements ITypeConverter<TailStart> {
    @Override
    public TailStart convert(String value) {
      try {
        return TailStart.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
