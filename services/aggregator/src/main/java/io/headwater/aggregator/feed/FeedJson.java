package io.headwater.aggregator.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.aggregator.query.WindowView;
import io.headwater.aggregator.window.WindowCounting;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.Translation;
import io.headwater.schemas.ScoredOn;
import io.headwater.schemas.assignment.ModelFollower;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Insights and windows as JSON. Thread-safe. */
final class FeedJson {
  private final ObjectMapper json = new ObjectMapper();
  private final int textLimit;

  FeedJson(int textLimit) {
    this.textLimit = textLimit;
  }

  /**
   * An insight.
   *
   * @param timestamp of its record, in milliseconds since the epoch
   * @param isExplained whether there is an explanation of its message
   */
  String insight(Insight insight, long timestamp, boolean isExplained) {
    Message message = insight.getMessage();
    ObjectNode node = json.createObjectNode();
    node.put("id", insight.getMessageId());
    putText(node, message.getText());
    node.put("language", insight.getLanguage());
    node.put("source", message.getSource());
    node.put("author", message.getAuthor());
    node.put("conversation", message.getConversation());
    node.put("sentAt", iso(message.getSentAt()));
    node.put("recordedAt", Instant.ofEpochMilli(timestamp).toString());
    origin(node.putObject("origin"), insight.getOrigin());
    SentimentScore score = insight.getSentiment();
    if (score != null) {
      sentiment(node.putObject("sentiment"), score);
    }
    Translation translation = insight.getTranslation();
    if (translation != null) {
      translation(node.putObject("translation"), translation);
    }
    if (isExplained) {
      node.put("explained", true);
    }
    ObjectNode skipped = node.putObject("skipped");
    for (SkippedTask task : insight.getSkipped()) {
      skipped.put(task.getTask(), task.getReason());
    }
    return written(node);
  }

  String window(SentimentWindow window) {
    return written(WindowView.of(window));
  }

  private void sentiment(ObjectNode node, SentimentScore score) {
    node.put("label", score.getLabel());
    ObjectNode probabilities = node.putObject("probabilities");
    score
        .getProbabilities()
        .forEach(item -> probabilities.put(item.getLabel(), item.getProbability()));
    node.put("polarity", WindowCounting.polarity(score));
    node.put("model", ModelFollower.name(score.getModel()));
    node.put("textSource", score.getTextSource().toString());
    node.put(ScoredOn.FIELD, ScoredOn.of(score));
    node.put("segments", score.getSegmentCount());
    node.put("tokens", score.getTokenCount());
  }

  private void translation(ObjectNode node, Translation translation) {
    putText(node, translation.getText());
    node.put("sourceLanguage", translation.getSourceLanguage());
    node.put("targetLanguage", translation.getTargetLanguage());
    node.put("passedThrough", translation.getPassedThrough());
    node.put("hitLengthLimit", translation.getHitLengthLimit());
    node.put("logProbability", translation.getLogProbability());
    node.put("model", ModelFollower.name(translation.getModel()));
    node.put("segments", translation.getSegmentCount());
    node.put("tokens", translation.getTokenCount());
  }

  private void putText(ObjectNode node, String text) {
    boolean cut = text.length() > textLimit;
    node.put("text", cut ? text.substring(0, wholeCharacters(text)) : text);
    node.put("textCut", cut);
    node.put("textLength", text.length());
  }

  // Never between the two halves of a surrogate pair.
  private int wholeCharacters(String text) {
    return Character.isHighSurrogate(text.charAt(textLimit - 1)) ? textLimit - 1 : textLimit;
  }

  private static void origin(ObjectNode node, Origin origin) {
    node.put("topic", origin.getTopic());
    node.put("partition", origin.getPartition());
    node.put("offset", origin.getOffset());
  }

  private static @Nullable String iso(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written as JSON", e);
    }
  }
}
