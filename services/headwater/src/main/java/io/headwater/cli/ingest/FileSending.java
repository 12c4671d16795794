package io.headwater.cli.ingest;

import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ingest.input.MessageSource;
import io.headwater.cli.ingest.input.ReadMessage;
import io.headwater.cli.ingest.output.TerminalText;
import io.headwater.gateway.ingest.Fault;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.Parsed;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.gateway.kafka.Outcome;
import io.headwater.gateway.kafka.Outcome.Cause;
import io.headwater.gateway.kafka.Outcome.Failed;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one file. The calling thread reads and sends; the producer's thread tells
 * what became of each. Memory is bounded by what is in flight. Single use.
 */
final class FileSending {
  private static final int REPORT_EVERY = 100;
  private static final Duration LAST_WAIT = Duration.ofMinutes(10);

  private final MessageSender sender;
  private final Inflight inflight;
  private final SendProgress progress;
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable String outage;
  private final Map<Long, String> refused = new ConcurrentSkipListMap<>();
  private long bad;

  /**
   * What became of a file.
   *
   * @param sent messages that Kafka acknowledged
   * @param bad lines that could not be sent
   */
  record Result(long sent, long bad) {}

  FileSending(MessageSender sender, Inflight inflight, SendProgress progress) {
    this.sender = sender;
    this.inflight = inflight;
    this.progress = progress;
  }

  /**
   * Sends all of it.
   *
   * @throws CommandFailure when Kafka does not acknowledge: what was sent is counted in the message
   */
  Result send(MessageSource source) throws IOException {
    try {
      long read = 0;
      Optional<ReadMessage> next = source.next();
      while (next.isPresent() && outage == null) {
        take(next.get());
        if (++read % REPORT_EVERY == 0) {
          progress.at(source.bytesRead(), sent.get());
          reportRefused();
        }
        next = source.next();
      }
      if (!inflight.awaitNone(LAST_WAIT)) {
        throw new CommandFailure("Kafka has not answered for the last messages");
      }
      progress.at(source.bytesRead(), sent.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; %d messages were sent".formatted(sent.get()), e);
    }
    reportRefused();
    String reason = outage;
    if (reason != null) {
      throw new CommandFailure(
          "Kafka did not acknowledge (%s); %d messages were sent before that"
              .formatted(reason, sent.get()));
    }
    return new Result(sent.get(), bad);
  }

  private void take(ReadMessage read) throws InterruptedException {
    if (read.parsed() instanceof Parsed.Rejected rejected) {
      bad(
          read.line(),
          rejected.faults().stream().map(Fault::sentence).collect(Collectors.joining("; ")));
      return;
    }
    Message message = ((Parsed.Accepted) read.parsed()).message();
    // Two bytes a character is what the text holds in memory, encoded and waiting to be sent.
    Inflight.Reservation room = inflight.await(1, 2L * message.getText().length());
    var unused =
        sender
            .send(message)
            .thenAccept(
                outcome -> {
                  note(read.line(), outcome);
                  room.close();
                });
  }

  /** Called by the producer's thread, or by the reader's where Kafka refuses at once. */
  private void note(long line, Outcome outcome) {
    if (!(outcome instanceof Failed failed)) {
      sent.incrementAndGet();
    } else if (failed.cause() == Cause.TOO_LARGE) {
      refused.put(line, "Kafka takes no record of that size");
    } else {
      outage = failed.detail();
    }
  }

  private void reportRefused() {
    Map<Long, String> now = new TreeMap<>(refused);
    now.forEach(this::bad);
    refused.keySet().removeAll(now.keySet());
  }

  private void bad(long line, String reason) {
    bad++;
    progress.badLine(line, TerminalText.harmless(reason));
  }
}
