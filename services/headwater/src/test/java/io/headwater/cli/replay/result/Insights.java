package io.headwater.cli.replay.result;

import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.TextSource;
import io.headwater.avro.Translation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Insights as the aggregator writes them. */
public final class Insights {
  private Insights() {}

  public static Insight scored(String id, Origin origin, double positive, double negative) {
    SentimentScore score = new SentimentScore();
    score.setMessageId(name(id, origin));
    score.setOrigin(origin);
    score.setModel(new ModelRef("m", "1.0.0"));
    score.setProvenance(new Provenance("aa", "bb", "none 1", "cpu"));
    score.setLanguage("en");
    score.setTextSource(TextSource.ORIGINAL);
    score.setLabel(positive >= negative ? "positive" : "negative");
    score.setProbabilities(
        List.of(
            new LabelProbability("negative", (float) negative),
            new LabelProbability("positive", (float) positive)));
    score.setSegmentCount(1);
    score.setTokenCount(3);
    score.setPlannedTasks(List.of("sentiment"));
    Insight insight = unscored(id, origin);
    insight.setSentiment(score);
    insight.setSkipped(List.of());
    return insight;
  }

  public static Insight unscored(String id, Origin origin) {
    Message message = new Message();
    message.setId(id);
    message.setText("text of " + id);
    message.setSource("test");
    message.setAttributes(Map.of());
    Insight insight = new Insight();
    insight.setMessageId(name(id, origin));
    insight.setOrigin(origin);
    insight.setMessage(message);
    insight.setLanguage("en");
    insight.setSkipped(List.of(new SkippedTask("sentiment", "not asked for")));
    return insight;
  }

  /** Scored on its translation. */
  public static Insight translated(String id, Origin origin, String text) {
    Translation translation = new Translation();
    translation.setMessageId(name(id, origin));
    translation.setOrigin(origin);
    translation.setModel(new ModelRef("t", "1.0.0"));
    translation.setProvenance(new Provenance("cc", "dd", "none 1", "cpu"));
    translation.setText(text);
    translation.setSourceLanguage("de");
    translation.setTargetLanguage("en");
    translation.setLogProbability(-1);
    translation.setTokenCount(2);
    translation.setPlannedTasks(List.of("translation", "sentiment"));
    translation.setAskedTasks(List.of());
    translation.setAlignments(List.of());
    Insight insight = scored(id, origin, 0.9, 0.1);
    insight.getSentiment().setTextSource(TextSource.TRANSLATION);
    insight.setTranslation(translation);
    return insight;
  }

  /** In the target language already. */
  public static Insight passedThrough(String id, Origin origin) {
    Insight insight = translated(id, origin, "text of " + id);
    insight.getSentiment().setTextSource(TextSource.ORIGINAL);
    insight.getTranslation().setPassedThrough(true);
    return insight;
  }

  public static Origin at(long offset) {
    return new Origin("messages", 0, offset);
  }

  private static String name(String id, Origin origin) {
    return id.isEmpty() ? origin.getTopic() + "-" + origin.getOffset() : id;
  }

  /** In the wire format. */
  public static byte[] bytes(Insight insight, int schemaId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new SpecificDatumWriter<>(Insight.class).write(insight, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
