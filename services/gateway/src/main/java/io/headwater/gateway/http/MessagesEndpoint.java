package io.headwater.gateway.http;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Message;
import io.headwater.gateway.ingest.BatchParser;
import io.headwater.gateway.ingest.BodyFormat;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.ParsedBatch;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.gateway.kafka.Outcome;
import io.headwater.gateway.kafka.Outcome.Acknowledged;
import io.headwater.gateway.kafka.RiverWatch;
import io.headwater.runtime.http.Problem;
import io.headwater.runtime.http.RefusedException;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * {@code POST /messages}. Called by the web server's threads; they read and send, and are free
 * again while Kafka has not acknowledged. Answers are written by {@code answerers}, so that a slow
 * client never holds the producer's thread.
 */
final class MessagesEndpoint {
  private final RiverWatch river;
  private final BodyReader bodies;
  private final BatchParser parser;
  private final Inflight inflight;
  private final MessageRates rates;
  private final GatewayMetrics metrics;
  private final Executor answerers;
  private volatile boolean closing;

  MessagesEndpoint(
      RiverWatch river,
      DoorLimits limits,
      BatchParser parser,
      GatewayMetrics metrics,
      Executor answerers) {
    this.river = requireNonNull(river, "river");
    this.bodies = new BodyReader(limits.maxBodyBytes());
    this.parser = requireNonNull(parser, "parser");
    this.inflight = limits.inflight();
    this.rates = new MessageRates(limits.rates(), System::nanoTime);
    this.metrics = requireNonNull(metrics, "metrics");
    this.answerers = requireNonNull(answerers, "answerers");
  }

  /** From now on, requests are refused. */
  void refuseMore() {
    closing = true;
  }

  /** Takes one request. */
  void post(Context http) {
    BodyFormat format =
        MediaTypes.formatOf(http.header("Content-Type"), http.header("Content-Encoding"))
            .orElseThrow(() -> new RefusedException(Problems.mediaType()));
    if (closing) {
      throw new RefusedException(Problems.unavailable("the gateway is stopping"));
    }
    MessageSender sender =
        river
            .sender()
            .orElseThrow(() -> new RefusedException(Problems.unavailable(river.status().detail())));
    MessageRates.Visit visit = rates.enter(http.ip());
    Inflight.Reservation room = inflight.open();
    try {
      CompletableFuture<Void> answered =
          deliver(http, format, sender, room, visit)
              .thenAcceptAsync(outcomes -> answer(http, outcomes, room), answerers);
      http.future(() -> answered);
    } catch (RuntimeException e) {
      room.close();
      throw e;
    }
  }

  private CompletableFuture<List<Outcome>> deliver(
      Context http,
      BodyFormat format,
      MessageSender sender,
      Inflight.Reservation room,
      MessageRates.Visit visit) {
    byte[] body = received(http, room);
    Timer.Sample sample = metrics.begin();
    ParsedBatch batch = parser.parse(body, format);
    if (!batch.faults().isEmpty()) {
      throw new RefusedException(Problems.of(batch));
    }
    List<Message> messages = batch.messages();
    if (!room.add(messages.size(), 0)) {
      throw new RefusedException(Problems.busy());
    }
    visit.charge(messages.size());
    metrics.received(messages.size());
    return sender.sendAll(messages).whenComplete((outcomes, failure) -> metrics.end(sample));
  }

  /** A body that breaks off, or whose chunks are none, is the sender's fault and not ours. */
  private byte[] received(Context http, Inflight.Reservation room) {
    try {
      return bodies.read(http.req(), room);
    } catch (IOException e) {
      throw new RefusedException(Problems.incomplete());
    }
  }

  /** The room is given back here and not earlier: closing waits for answers, too. */
  private void answer(Context http, List<Outcome> outcomes, Inflight.Reservation room) {
    try (room) {
      answer(http, outcomes);
    }
  }

  private void answer(Context http, List<Outcome> outcomes) {
    List<Acknowledged> known =
        outcomes.stream()
            .filter(Acknowledged.class::isInstance)
            .map(Acknowledged.class::cast)
            .toList();
    metrics.accepted(known.size());
    if (known.size() < outcomes.size()) {
      Problem problem = Problems.notAcknowledged(outcomes);
      metrics.refused(problem.kind());
      problem.answer(http);
    } else {
      http.status(202).json(Map.of("messages", known.stream().map(Problems::receipt).toList()));
    }
  }
}
