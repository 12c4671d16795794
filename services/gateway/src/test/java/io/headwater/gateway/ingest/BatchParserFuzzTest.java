package io.headwater.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.FuzzRun;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile bodies at the parser, in both formats. */
@Timeout(1_200)
class BatchParserFuzzTest {
  private static final int TEXT_LIMIT = 2_000;

  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final BatchParser parser =
      new BatchParser(
          new MessageParser(
              IngestLimits.ofText(TEXT_LIMIT),
              MessageDefaults.NONE,
              Clock.systemUTC(),
              () -> "made"),
          100);

  @Test
  void everyBodyIsMessagesThatTravelOrAFewFaultsOfAFewWords() {
    FuzzRun run = FuzzRun.of("gateway-parser", 100_000);
    registry.register(topics.all());
    RecordEncoder<Message> encoder = registry.encoder(topics.messages());
    RecordDecoder<Message> decoder = registry.decoder(topics.messages());
    HostileBodies bodies = new HostileBodies(run.seed());
    long taken = 0;
    for (int i = 0; i < run.records(); i++) {
      byte[] body = bodies.next();
      BodyFormat format = i % 2 == 0 ? BodyFormat.JSON : BodyFormat.JSON_LINES;

      ParsedBatch batch = parser.parse(body, format);

      assertThat(batch.messages().isEmpty() && batch.faults().isEmpty())
          .as("body %d gave nothing at all", i)
          .isFalse();
      assertThat(batch.faults()).hasSizeLessThanOrEqualTo(20);
      assertThat(batch.faults())
          .allSatisfy(fault -> assertThat(fault.sentence()).hasSizeLessThan(1_000));
      if (batch.faults().isEmpty()) {
        taken += batch.messages().size();
        for (Message message : batch.messages()) {
          assertThat(Strings.utf8Length(message.getText())).isLessThanOrEqualTo(TEXT_LIMIT);
          assertThat(decoder.decode(encoder.encode(message))).isEqualTo(new Healthy<>(message));
        }
      }
      run.done(i);
    }
    assertThat(taken).as("messages that were taken").isGreaterThan(run.records() / 50);
    run.end(List.of(parser, registry));
  }

  @Test
  void aHealthyBodyIsTakenWhateverCameBefore() {
    HostileBodies bodies = new HostileBodies(1);
    for (int i = 0; i < 1_000; i++) {
      parser.parse(bodies.next(), BodyFormat.JSON);

      ParsedBatch batch = parser.parse(HostileBodies.healthy(i), BodyFormat.JSON);

      assertThat(batch.faults()).isEmpty();
      assertThat(batch.messages()).extracting(Message::getId).containsExactly("m-" + i);
    }
  }
}
