package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile records of every topic, and hostile schemas, at the decoder. */
@Timeout(1_200)
class HostileRecordsTest {
  private final RegisteredRiver river = new RegisteredRiver();

  @Test
  void everyHostileRecordGetsAnAnswerAndEveryHealthyOneItsValue() {
    FuzzRun run = FuzzRun.of("decoder", 100_000);
    List<Source<?>> sources =
        List.of(
            source(run, TOPICS.messages(), HealthyRecords.message("m", "A lovely day")),
            source(
                run,
                TOPICS.tokens("sentiment"),
                HealthyRecords.tokens("m", "d", new int[] {2, 5, 3}, new int[] {2, 6, 3})),
            source(
                run,
                TOPICS.sentimentScores(),
                HealthyRecords.score(HealthyRecords.origin(1), List.of("sentiment"))),
            source(
                run,
                TOPICS.translations(),
                HealthyRecords.translation(HealthyRecords.origin(1), List.of("translation"))),
            source(run, TOPICS.insights(), HealthyRecords.insight("m")),
            source(run, TOPICS.sentimentWindows(), HealthyRecords.window()),
            source(run, TOPICS.deadLetters(), HealthyRecords.letter()));
    for (int i = 0; i < run.records(); i++) {
      sources.get(i % sources.size()).tryNext();
      run.done(i);
    }
    run.end(List.of(sources, river));
  }

  @Test
  void aRecordCutAnywhereGetsAnAnswer() {
    Source<?> source =
        new Source<>(
            TOPICS.insights(),
            new HostileRecords(
                river.registry,
                TOPICS,
                TOPICS.insights(),
                List.of(HealthyRecords.insight("m")),
                1));

    for (HostileRecord cut : source.records.everyCut()) {
      assertThat(source.decode(cut)).as("%s", cut).isInstanceOf(Undecodable.class);
    }
  }

  @Test
  void aNewFieldNestedWithoutEndCostsItsRecordAndNotTheThread() {
    // given a newer schema, as BACKWARD lets it in, with a list that holds itself
    Schema newer =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Message", "namespace": "io.headwater.avro", "fields": [
                  {"name": "text", "type": "string"},
                  {"name": "more", "type": ["null", {"type": "record", "name": "More", "fields": [
                    {"name": "next", "type": ["null", "More"]}]}], "default": null}]}
                """);
    int depth = 200_000;
    byte[] body = new byte[2 + depth];
    body[0] = 2;
    body[1] = 'x';
    Arrays.fill(body, 2, body.length - 1, (byte) 2);

    // when a record nests it deeper than any stack
    Decoded<?> answer =
        river.messageDecoder().decode(RegisteredRiver.wire(river.idOfOther(newer), body));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Undecodable.class, bad -> assertThat(bad.cause()).isEqualTo(DeadLetterCause.MALFORMED));
  }

  @Test
  void itemsWithoutBytesCannotKeepTheThreadBusyForEver() {
    // given a newer schema with lists of lists of nothing: each item takes no byte
    Schema nothing = SchemaBuilder.array().items().nullType();
    Schema newer =
        SchemaBuilder.record("Message")
            .namespace("io.headwater.avro")
            .fields()
            .requiredString("text")
            .name("more")
            .type(SchemaBuilder.array().items(nothing))
            .withDefault(List.of())
            .endRecord();
    // when a record of a few megabytes declares a hundred thousand million items
    int lists = 1_000_000;
    ByteBuffer body = ByteBuffer.allocate(16 + 4 * lists);
    body.put((byte) 2).put((byte) 'x').put(varint(lists));
    byte[] list = varint(300_000);
    for (int i = 0; i < lists; i++) {
      body.put(list).put((byte) 0);
    }
    byte[] value = RegisteredRiver.wire(river.idOfOther(newer), body.array());

    Decoded<?> answer =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> river.messageDecoder().decode(value));

    assertThat(answer).isInstanceOf(Undecodable.class);
  }

  private static byte[] varint(long number) {
    var bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      encoder.writeLong(number);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private <V extends SpecificRecord> Source<V> source(FuzzRun run, Topic<V> topic, V healthy) {
    return new Source<>(
        topic, new HostileRecords(river.registry, TOPICS, topic, List.of(healthy), run.seed()));
  }

  private final class Source<V extends SpecificRecord> {
    private final Topic<V> topic;
    private final HostileRecords records;

    Source(Topic<V> topic, HostileRecords records) {
      this.topic = topic;
      this.records = records;
    }

    Decoded<V> decode(HostileRecord record) {
      return river.decoder(topic).decode(record.value());
    }

    /** What can be read can be written again, and is then the same. */
    void tryNext() {
      HostileRecord record = records.next();
      Decoded<V> answer = decode(record);
      if (answer instanceof Healthy<V> healthy) {
        byte[] again = river.encoder(topic).encode(healthy.value());
        Decoded<V> reread = river.decoder(topic).decode(again);
        // Two that are not a number are not equal; their bytes are.
        assertThat(
                reread.equals(answer)
                    || (reread instanceof Healthy<V> same
                        && Arrays.equals(river.encoder(topic).encode(same.value()), again)))
            .as("%s gave %s, then %s", record, answer, reread)
            .isTrue();
      } else {
        assertThat(record.isHealthy()).as("%s gave %s", record, answer).isFalse();
      }
    }
  }
}
