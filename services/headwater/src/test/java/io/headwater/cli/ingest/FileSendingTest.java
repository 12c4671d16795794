package io.headwater.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ingest.input.InputReader;
import io.headwater.cli.ingest.input.MessageSource;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FileSendingTest {
  private static final Topic<Message> MESSAGES = new HeadwaterTopics("").messages();

  private final StringWriter err = new StringWriter();

  @Test
  void sendsTheGoodLinesAndReportsTheBadOnes() throws IOException {
    MockProducer<byte[], byte[]> producer = producer(true);

    FileSending.Result result =
        sending(producer, 10)
            .send(source("{\"text\":\"a\"}\n{\"\\u001b[2J\":1}\n{\"text\":\"b\"}\n"));

    assertThat(result).isEqualTo(new FileSending.Result(2, 1));
    assertThat(producer.history()).hasSize(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("line 2: \u241B[2J: unknown field; text: is required\n");
  }

  @Test
  void readsNoFurtherThanMayBeInFlight() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    CompletableFuture<FileSending.Result> result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return sending(producer, 2).send(source("{\"text\":\"a\"}\n".repeat(5)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    await().during(Duration.ofMillis(200)).until(() -> producer.history().size() <= 2);
    await()
        .until(
            () -> {
              var unused = producer.completeNext();
              return result.isDone();
            });

    assertThat(result.get(1, TimeUnit.SECONDS).sent()).isEqualTo(5);
  }

  @Test
  void stopsWithOneSentenceWhenKafkaDoesNotAcknowledge() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new TimeoutException("Expiring 1 record(s)");

    assertThatThrownBy(() -> sending(producer, 1).send(source("{\"text\":\"a\"}\n".repeat(9))))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "Kafka did not acknowledge (Expiring 1 record(s)); 0 messages were sent before that");
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void countsWhatTheTopicDoesNotTakeAsABadLine() throws IOException {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new RecordTooLargeException("too large");

    FileSending.Result result = sending(producer, 1).send(source("{\"text\":\"a\"}\n"));

    assertThat(result).isEqualTo(new FileSending.Result(0, 1));
    assertThat(err.toString()).startsWith("line 1: Kafka takes no record of that size");
  }

  private FileSending sending(MockProducer<byte[], byte[]> producer, int maxInflight) {
    SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
    registry.register(List.of(MESSAGES));
    return new FileSending(
        new MessageSender(producer, registry.encoder(MESSAGES), MESSAGES.name()),
        new Inflight(maxInflight, 1_000_000),
        SendProgress.plain(new PrintWriter(err)));
  }

  private static MessageSource source(String lines) {
    MessageParser parser =
        new MessageParser(
            IngestLimits.ofText(100), MessageDefaults.NONE, Clock.systemUTC(), () -> "made");
    return new InputReader(parser, 100)
        .jsonLines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledging) {
    return new MockProducer<>(
        acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
