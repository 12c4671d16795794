package io.headwater.cli.ingest;

import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.input.CsvColumns;
import io.headwater.cli.ingest.input.CsvHeaderException;
import io.headwater.cli.ingest.input.InputFormat;
import io.headwater.cli.ingest.input.InputReader;
import io.headwater.cli.ingest.input.MessageSource;
import io.headwater.gateway.GatewayConfig;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.gateway.kafka.ProducerSettings;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater send}: messages of a file into the river. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Send the messages of a file: one text a line, JSON lines, or CSV with a named text column.",
      "",
      "JSON lines have the fields of POST /messages: text (required), id, language, source, author,"
          + " conversation, sentAt, tasks, targetLanguage, explain, attributes. CSV columns named id,"
          + " source, language, author, conversation and sentAt are taken as those fields; others are"
          + " left out.",
      "",
      "A line that cannot be sent is reported with its number, and the rest goes on. Order is kept"
          + " among messages of one conversation, else of one author."
    },
    footer = {
      "",
      "Examples:",
      "  headwater send messages.jsonl",
      "  headwater send reviews.csv --text-column review --source shop",
      "  tail -f app.log | headwater send - --source app",
      "",
      "Exit codes: 0 all sent; 1 some lines were bad, the others were sent; 2 wrong command line;"
          + " 3 Kafka or the registry cannot be reached."
    })
public final class SendCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "FILE", description = "A file in UTF-8, or - for standard input.")
  private String file;

  @Option(
      names = "--format",
      defaultValue = "auto",
      paramLabel = "FORMAT",
      description =
          "lines, jsonl, csv, or auto: by the name (.jsonl and .ndjson, .csv and .tsv, else lines)."
              + " Default: ${DEFAULT-VALUE}.")
  private InputFormat format;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "The CSV column with the texts. Default: ${DEFAULT-VALUE}.")
  private String textColumn;

  @Option(
      names = "--source",
      defaultValue = "unknown",
      description = "Source of messages that name none. Default: ${DEFAULT-VALUE}.")
  private String source;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "BCP 47 language of messages that name none. Default: it is detected.")
  private Optional<String> language = Optional.empty();

  @Option(
      names = "--explain",
      description =
          "Ask for explanations of all messages: see the dashboard, or headwater tail explanations.")
  private boolean explain;

  @Option(names = "--no-progress", description = "No progress bar, also on a terminal.")
  private boolean noProgress;

  /** The command line does not fit the file. The message says how. */
  private static final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
      super(message);
    }
  }

  @Override
  public Integer call() throws IOException {
    try {
      return sendAll(defaults());
    } catch (MisfitException | CsvHeaderException e) {
      spec.commandLine().getErr().println("headwater: " + e.getMessage());
      return ExitCodes.USAGE;
    }
  }

  private int sendAll(MessageDefaults defaults) throws IOException {
    Settings settings = connection.settings();
    GatewayConfig limits = GatewayConfig.from(settings);
    InputReader reader =
        new InputReader(
            new MessageParser(
                IngestLimits.ofText(limits.maxTextBytes()),
                defaults,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString()),
            limits.maxTextBytes());
    try (InputStream input = open()) {
      MessageSource messages = messages(reader, input);
      try (MessageSender sender = sender(KafkaConnection.from(settings), limits);
          SendProgress progress = progress()) {
        Inflight inflight = new Inflight(limits.maxInflightMessages(), limits.maxInflightBytes());
        long begun = System.nanoTime();
        return summed(new FileSending(sender, inflight, progress).send(messages), begun);
      }
    }
  }

  private MessageDefaults defaults() {
    try {
      return new MessageDefaults(source, language, explain);
    } catch (IllegalArgumentException e) {
      throw new MisfitException(String.valueOf(e.getMessage()));
    }
  }

  private MessageSource messages(InputReader reader, InputStream input) throws IOException {
    return switch (format.forFile(file)) {
      case JSONL -> reader.jsonLines(input);
      case CSV -> reader.csv(input, new CsvColumns(textColumn, InputFormat.delimiterOf(file)));
      case LINES, AUTO -> reader.lines(input);
    };
  }

  private InputStream open() throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return System.in;
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new MisfitException("there is no file %s that can be read".formatted(file));
    }
    return Files.newInputStream(path);
  }

  private static MessageSender sender(KafkaConnection kafka, GatewayConfig limits) {
    try (RiverAccess river = RiverAccess.open(kafka)) {
      Topic<Message> topic = river.topics().messages();
      river.require(List.of(topic));
      ProducerSettings settings =
          ProducerSettings.forInflight(
                  PATIENCE, limits.maxInflightMessages(), limits.maxInflightBytes())
              .blocking(PATIENCE);
      return new MessageSender(
          new KafkaProducer<>(settings.properties(kafka)),
          river.registry().encoder(topic),
          topic.name());
    } catch (KafkaException e) {
      throw new CommandFailure("the producer cannot be made: " + e.getMessage(), e);
    }
  }

  private SendProgress progress() throws IOException {
    if (noProgress || !Terminal.isInteractive()) {
      return SendProgress.plain(spec.commandLine().getErr());
    }
    long bytes = file.equals(STANDARD_INPUT) ? -1 : Files.size(Path.of(file));
    return SendProgress.onTerminal(spec.commandLine().getErr(), bytes);
  }

  private int summed(FileSending.Result result, long begun) {
    double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "sent %d messages, %d bad lines, in %.1f s (%.0f messages/s)",
                result.sent(),
                result.bad(),
                seconds,
                result.sent() / seconds));
    return result.bad() == 0 ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }
}
