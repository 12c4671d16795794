package io.headwater.cli.ingest.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile records of every topic that `tail` prints. */
@Timeout(1_200)
class RecordPrinterFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HeadwaterTopics topics = new HeadwaterTopics("");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());

  private final Map<Topic<?>, RecordDecoder<?>> decoders = new HashMap<>();

  private record Source(Topic<?> topic, HostileRecords records) {}

  @Test
  void everyRecordIsOneHarmlessLineInBothForms() throws JsonProcessingException {
    FuzzRun run = FuzzRun.of("printer", 100_000);
    registry.register(topics.all());
    List<Source> sources =
        List.of(
            source(run, topics.messages(), HealthyRecords.message("m", "A lovely day")),
            source(run, topics.insights(), HealthyRecords.insight("m")),
            source(run, topics.sentimentWindows(), HealthyRecords.window()),
            source(run, topics.deadLetters(), HealthyRecords.letter()),
            source(
                run,
                topics.sentimentScores(),
                HealthyRecords.score(HealthyRecords.origin(1), List.of("sentiment"))),
            source(
                run,
                topics.tokens("sentiment"),
                HealthyRecords.tokens("m", "d", new int[] {2, 5, 3})));
    for (int i = 0; i < run.records(); i++) {
      Source source = sources.get(i % sources.size());
      HostileRecord record = source.records().next();

      String plain = printed(source.topic(), record, false);
      String json = printed(source.topic(), record, true);

      requireOneHarmlessLine(plain, record);
      requireOneHarmlessLine(json, record);
      assertThat(JSON.readTree(json).isObject()).as("%s", record).isTrue();
      run.done(i);
    }
    run.end(List.of(sources, registry));
  }

  private String printed(Topic<?> topic, HostileRecord record, boolean json) {
    StringWriter out = new StringWriter();
    RecordPrinter printer = new RecordPrinter(new PrintWriter(out, true), json);
    boolean isRead =
        printer.print(
            consumed(topic, record),
            decoders.computeIfAbsent(topic, registry::decoder).decode(record.value()));
    assertThat(isRead).isTrue();
    return out.toString();
  }

  private static void requireOneHarmlessLine(String printed, HostileRecord record) {
    String end = System.lineSeparator();
    assertThat(printed).as("%s", record).endsWith(end);
    String line = printed.substring(0, printed.length() - end.length());
    if (line.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E)) {
      throw new AssertionError("A line with control characters of " + record);
    }
  }

  private <V extends SpecificRecord> Source source(FuzzRun run, Topic<V> topic, V healthy) {
    return new Source(
        topic, new HostileRecords(registry, topics, topic, List.of(healthy), run.seed()));
  }

  @SuppressWarnings("NullAway") // a consumer's record may lack its key and its value
  private static ConsumerRecord<byte[], byte[]> consumed(Topic<?> topic, HostileRecord record) {
    return new ConsumerRecord<>(
        topic.name(),
        1,
        5L,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
