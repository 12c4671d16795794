package io.headwater.cli.letters;

import static io.headwater.cli.letters.Letters.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.DeadLetter;
import io.headwater.cli.letters.OriginalRecords.Search;
import io.headwater.schemas.DeadLetters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void theRecordCanBeMadeAgainFromItsLine(
      @ForAll @WithNull byte[] key,
      @ForAll @WithNull byte[] value,
      @ForAll @Size(max = 4) List<@WithNull byte[]> headerValues)
      throws IOException {
    RecordHeaders headers = new RecordHeaders();
    for (byte[] header : headerValues) {
      headers.add("h\u202E" + headers.toArray().length / 2, header);
    }
    ConsumerRecord<byte[], byte[]> record = Letters.record(40, key, value, headers);
    StoredLetter stored = Letters.stored("3@1042", record);

    String line = ExportLine.of(stored, new Search.Found(OriginalRecord.of(stored.letter())));

    assertThat(line).doesNotContain("\n", "\u202E");
    ProducerRecord<byte[], byte[]> again = rebuilt(JSON.readTree(line));
    assertThat(again.topic()).isEqualTo("messages");
    assertThat(again.partition()).isEqualTo(1);
    assertThat(again.timestamp()).isEqualTo(Letters.NOON.toEpochMilli());
    assertThat(again.key()).isEqualTo(key);
    assertThat(again.value()).isEqualTo(value);
    assertThat(again.headers().toArray()).containsExactly(headers.toArray());
  }

  @Test
  void aLineSaysWhoGaveUpOnWhatAndWhy() throws IOException {
    StoredLetter stored = Letters.stored("3@1042", 40);

    JsonNode line =
        JSON.readTree(ExportLine.of(stored, new Search.Found(OriginalRecord.of(stored.letter()))));

    assertThat(line.path("address").asText()).isEqualTo("3@1042");
    assertThat(line.path("stage").asText()).isEqualTo("tokenizer");
    assertThat(line.path("cause").asText()).isEqualTo("NOT_AVRO");
    assertThat(line.path("detail").asText()).isEqualTo("why it died");
    assertThat(line.path("offset").asLong()).isEqualTo(40);
    assertThat(line.path("rounds").asInt(-1)).isZero();
    assertThat(line.path("complete").asBoolean()).isTrue();
  }

  @Test
  void aLostRecordIsNotTakenForOneWithoutAValue() throws IOException {
    DeadLetter letter = Letters.stored("3@1042", 40).letter();
    letter.setKey(null);
    letter.setValue(null);
    letter.setDetail("Large. " + DeadLetters.NOT_KEPT);
    StoredLetter stored = new StoredLetter(new LetterAddress(3, 1042), KEY, letter);

    JsonNode line = JSON.readTree(ExportLine.of(stored, new Search.Gone("it is gone")));

    assertThat(line.path("complete").asBoolean(true)).isFalse();
    assertThat(line.path("value").isNull()).isTrue();
    assertThat(line.path("key").binaryValue()).isEqualTo(KEY);
  }

  /** As anybody would do it who has read the command's help. */
  @SuppressWarnings("NullAway") // Kafka's keys and values may be null
  private static ProducerRecord<byte[], byte[]> rebuilt(JsonNode line) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : line.path("headers")) {
      headers.add(new RecordHeader(header.path("key").asText(), bytes(header.path("value"))));
    }
    return new ProducerRecord<>(
        line.path("topic").asText(),
        line.path("partition").asInt(),
        line.path("timestamp").asLong(),
        bytes(line.path("key")),
        bytes(line.path("value")),
        headers);
  }

  private static byte @Nullable [] bytes(JsonNode base64) throws IOException {
    return base64.isNull() ? null : base64.binaryValue();
  }
}
