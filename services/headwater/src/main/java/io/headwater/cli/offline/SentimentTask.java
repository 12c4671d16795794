package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.ingest.output.PlainJson;
import io.headwater.models.ModelPackage;
import io.headwater.scorer.task.Scoring;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentiment of texts, as {@code score} prints it. */
final class SentimentTask implements OfflineTask {
  private final OfflineScorer scorer;
  private final Optional<String> language;

  /**
   * A task over a scorer, which it closes.
   *
   * @param language of all texts; empty to detect it
   */
  SentimentTask(OfflineScorer scorer, Optional<String> language) {
    this.scorer = scorer;
    this.language = language;
  }

  @Override
  public List<ObjectNode> answer(List<String> texts) {
    return scorer.score(texts.stream().map(this::message).toList()).stream()
        .map(this::described)
        .toList();
  }

  @Override
  public void close() {
    scorer.close();
  }

  private Message message(String text) {
    Message message = new Message();
    message.setId("");
    message.setText(text);
    message.setSource("score");
    message.setAttributes(Map.of());
    language.ifPresent(message::setLanguage);
    return message;
  }

  private ObjectNode described(Scoring<SentimentScore> scoring) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (scoring instanceof Scoring.Failed<SentimentScore> failed) {
      return json.put(ERROR, failed.detail());
    }
    ModelPackage model = scorer.model();
    SentimentScore score = ((Scoring.Scored<SentimentScore>) scoring).result();
    String skipReason = score.getSkipReason();
    if (skipReason == null) {
      json.put("label", score.getLabel());
    } else {
      json.putNull("label");
    }
    ObjectNode probabilities = json.putObject("probabilities");
    score.getProbabilities().forEach(p -> probabilities.put(p.getLabel(), p.getProbability()));
    json.put("language", score.getLanguage());
    json.put("model", model.id().toString());
    if (skipReason != null) {
      return json.put("skipped", skipReason);
    }
    json.put(PlainJson.SCORED_ON, PlainJson.scoredOn(score));
    if (!score.getLanguage().equals("und") && !model.languages().contains(score.getLanguage())) {
      json.put("warning", "the model does not read language " + score.getLanguage());
    }
    return json;
  }
}
