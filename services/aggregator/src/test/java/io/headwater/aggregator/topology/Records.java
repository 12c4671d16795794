package io.headwater.aggregator.topology;

import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TextSource;
import io.headwater.avro.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as producers and other services write them. */
public final class Records {
  public static final String MESSAGES = "messages";
  private static final ModelRef MODEL = new ModelRef("sentiment-test", "1.0.0");
  private static final Provenance PROVENANCE = new Provenance("aa", "bb", "none 1", "cpu");

  private Records() {}

  public static Message message(String id, String text) {
    Message message = new Message();
    message.setId(id);
    message.setText(text);
    message.setSource("reviews");
    message.setAttributes(Map.of());
    return message;
  }

  public static Message sentAt(Message message, long millis) {
    message.setSentAt(Instant.ofEpochMilli(millis));
    return message;
  }

  public static Origin origin(long offset) {
    return new Origin(MESSAGES, 0, offset);
  }

  public static SentimentScore score(long offset, double positive, double negative) {
    return score(offset, positive, negative, List.of("sentiment"));
  }

  public static SentimentScore score(
      long offset, double positive, double negative, List<String> planned) {
    double neutral = 1 - positive - negative;
    SentimentScore score = new SentimentScore();
    score.setMessageId("m" + offset);
    score.setOrigin(origin(offset));
    score.setModel(MODEL);
    score.setProvenance(PROVENANCE);
    score.setLanguage("en");
    score.setTextSource(TextSource.ORIGINAL);
    score.setLabel(
        positive >= Math.max(neutral, negative)
            ? "positive"
            : negative >= neutral ? "negative" : "neutral");
    score.setProbabilities(
        List.of(
            new LabelProbability("negative", (float) negative),
            new LabelProbability("neutral", (float) neutral),
            new LabelProbability("positive", (float) positive)));
    score.setSegmentCount(1);
    score.setTokenCount(5);
    score.setPlannedTasks(planned);
    return score;
  }

  public static SentimentScore skipped(long offset, String reason) {
    SentimentScore score = score(offset, 0.1, 0.1);
    score.setLabel("");
    score.setProbabilities(List.of());
    score.setSkipReason(reason);
    return score;
  }

  public static Translation translation(long offset, List<String> planned) {
    Translation translation = new Translation();
    translation.setMessageId("m" + offset);
    translation.setOrigin(origin(offset));
    translation.setModel(MODEL);
    translation.setProvenance(PROVENANCE);
    translation.setText("a translation");
    translation.setSourceLanguage("de");
    translation.setTargetLanguage("en");
    translation.setPassedThrough(false);
    translation.setLogProbability(-1);
    translation.setTokenCount(3);
    translation.setHitLengthLimit(false);
    translation.setPlannedTasks(planned);
    translation.setAskedTasks(planned);
    translation.setSourceText("an original");
    translation.setAlignments(List.of());
    return translation;
  }

  public static Translation untranslated(long offset, String reason, List<String> planned) {
    Translation translation = translation(offset, planned);
    translation.setText("");
    translation.setSkipReason(reason);
    return translation;
  }
}
