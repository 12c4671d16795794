package io.headwater.cli.ingest.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelCount;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TextSource;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordPrinterTest {
  private static final ConsumerRecord<byte[], byte[]> RECORD =
      new ConsumerRecord<>("messages", 2, 7, new byte[] {1}, new byte[] {2, 3});

  @Test
  void writesAnInsightAsPlainJson() {
    assertThat(json(insight("a\u001B\u009B \uD83D\uDE00")))
        .startsWith(
            ("{'messageId':'m','origin':{'topic':'messages','partition':0,'offset':5},"
                    + "'message':{'id':'m','text':'a\\u001B\\u009b \uD83D\uDE00','language':null,"
                    + "'source':'s','author':null,'conversation':null,"
                    + "'sentAt':'2026-01-31T12:00:00.123Z','tasks':null,'targetLanguage':null,"
                    + "'explain':false,'attributes':{'a':'1','b':'2'}},'language':'en',"
                    + "'sentiment':{'messageId':'m',")
                .replace('\'', '"'));
    assertThat(json(insight("x")))
        .contains("\"textSource\":\"ORIGINAL\"")
        .contains("\"probabilities\":[{\"label\":\"positive\",\"probability\":0.9}]")
        .contains("\"scoredOn\":\"original\"")
        .contains("\"translation\":null");
  }

  @Test
  void saysInAWordWhichTextWasScored() {
    Insight insight = insight("x");
    insight.getSentiment().setTextSource(TextSource.TRANSLATION);
    assertThat(json(insight)).contains("\"scoredOn\":\"translation\"");

    insight.getSentiment().setSkipReason("no model reads it");
    assertThat(json(insight)).doesNotContain("scoredOn");
  }

  @Test
  void writesBytesAsBase64() {
    assertThat(json(letter()))
        .contains("\"key\":\"AQI=\"")
        .contains("\"value\":null")
        .contains("\"timestamp\":\"1970-01-01T00:00:00.001Z\"")
        .contains("\"headers\":[{\"key\":\"h\",\"value\":\"/w==\"}]");
  }

  @Test
  void writesNumbersThatJsonHasNoWordForAsNull() {
    SentimentWindow window = window();
    window.setMeanPolarity(Double.NaN);

    assertThat(json(window)).contains("\"meanPolarity\":null");
  }

  @Test
  void saysEachTypeInOneLine() {
    assertThat(line(insight("I \u001B[31mlove\nit")))
        .isEqualTo("positive  0.90  en  s          m  I ␛[31mlove it");
    assertThat(line(letter()))
        .isEqualTo("tokenizer  NOT_AVRO            messages-1@2  no magic byte");
    assertThat(line(window()))
        .isEqualTo("2026-01-31T12:00:00Z +1m  s/en  3 messages (positive 3)  mean +0.500");
    assertThat(line(assignment()))
        .isEqualTo("sentiment → e5@1.0.0  since 1970-01-01T00:00:00.001Z  by me  ");
    assertThat(line(insight("x").getMessage())).startsWith("s          -   m  x");
    assertThat(line(insight("x").getSentiment())).isEqualTo("positive  0.90  en  m  e5@1.0.0");
  }

  @Test
  void saysWhereARecordIsThatCannotBeRead() {
    Decoded<Message> bad = new Undecodable<>(DeadLetterCause.NOT_AVRO, "no magic byte");

    assertThat(printed(bad, false)).isEqualTo("?? messages-2@7 cannot be read: no magic byte");
    assertThat(printed(bad, true))
        .isEqualTo(
            ("{'undecodable':{'topic':'messages','partition':2,'offset':7,'cause':'NOT_AVRO',"
                    + "'detail':'no magic byte','key':'AQ==','value':'AgM='}}")
                .replace('\'', '"'));
  }

  @Test
  void noticesThatNobodyReadsAnyMore() {
    PrintWriter closed =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);

    assertThat(new RecordPrinter(closed, false).print(RECORD, new Healthy<>(letter()))).isFalse();
  }

  private static String json(SpecificRecord record) {
    return printed(new Healthy<>(record), true);
  }

  private static String line(SpecificRecord record) {
    return printed(new Healthy<>(record), false);
  }

  private static String printed(Decoded<? extends SpecificRecord> decoded, boolean json) {
    StringWriter text = new StringWriter();
    assertThat(new RecordPrinter(new PrintWriter(text), json).print(RECORD, decoded)).isTrue();
    String line = text.toString();
    assertThat(line).endsWith(System.lineSeparator());
    return line.substring(0, line.length() - System.lineSeparator().length());
  }

  private static Insight insight(String text) {
    Message message =
        Message.newBuilder()
            .setId("m")
            .setText(text)
            .setSource("s")
            .setSentAt(Instant.parse("2026-01-31T12:00:00.123Z"))
            .setAttributes(Map.of("b", "2", "a", "1"))
            .build();
    Origin origin = new Origin("messages", 0, 5L);
    SentimentScore score =
        SentimentScore.newBuilder()
            .setMessageId("m")
            .setOrigin(origin)
            .setModel(new ModelRef("e5", "1.0.0"))
            .setProvenance(new Provenance("d", "t", "onnxruntime", "cpu"))
            .setLanguage("en")
            .setTextSource(TextSource.ORIGINAL)
            .setLabel("positive")
            .setProbabilities(List.of(new LabelProbability("positive", 0.9f)))
            .setSegmentCount(1)
            .setTokenCount(3)
            .setPlannedTasks(List.of("sentiment"))
            .build();
    return Insight.newBuilder()
        .setMessageId("m")
        .setOrigin(origin)
        .setMessage(message)
        .setLanguage("en")
        .setSentiment(score)
        .build();
  }

  private static DeadLetter letter() {
    return DeadLetter.newBuilder()
        .setStage("tokenizer")
        .setCause("NOT_AVRO")
        .setDetail("no magic byte")
        .setTopic("messages")
        .setPartition(1)
        .setOffset(2)
        .setTimestamp(Instant.ofEpochMilli(1))
        .setKey(ByteBuffer.wrap(new byte[] {1, 2}))
        .setHeaders(List.of(new RecordHeader("h", ByteBuffer.wrap(new byte[] {-1}))))
        .build();
  }

  private static SentimentWindow window() {
    return SentimentWindow.newBuilder()
        .setSource("s")
        .setLanguage("en")
        .setWindowStart(Instant.parse("2026-01-31T12:00:00Z"))
        .setWindowSizeMs(60_000)
        .setCount(3)
        .setLabels(List.of(new LabelCount("positive", 3L)))
        .setMeanPolarity(0.5)
        .build();
  }

  private static ModelAssignment assignment() {
    return ModelAssignment.newBuilder()
        .setTask("sentiment")
        .setModel(new ModelRef("e5", "1.0.0"))
        .setAssignedAt(Instant.ofEpochMilli(1))
        .setAssignedBy("me")
        .build();
  }
}
