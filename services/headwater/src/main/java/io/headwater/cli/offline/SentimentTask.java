package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.ScoredOn;
import io.headwater.scorer.task.Scoring;
import io.headwater.tokenizer.plan.Tokenization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentiment of texts, as {@code score} prints it. */
final class SentimentTask implements OfflineTask {
  private static final String LABEL = "label";

  private final OfflineScorer scorer;
  private final Optional<String> language;
  private final Optional<OfflineExplainer> explainer;

  /**
   * A task over a scorer, which it closes.
   *
   * @param language of all texts; empty to detect it
   * @param explainer says why, where that is wanted; closed with the task
   */
  SentimentTask(
      OfflineScorer scorer, Optional<String> language, Optional<OfflineExplainer> explainer) {
    this.scorer = scorer;
    this.language = language;
    this.explainer = explainer;
  }

  @Override
  public List<ObjectNode> answer(List<String> texts) {
    List<Tokenization> plans = texts.stream().map(this::message).map(scorer::plan).toList();
    List<Scoring<SentimentScore>> scored = scorer.scorePlanned(plans);
    List<ObjectNode> answers = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      ObjectNode json = described(scored.get(i));
      if (json.hasNonNull(LABEL)
          && explainer.isPresent()
          && plans.get(i) instanceof Tokenization.Planned planned) {
        json.set(
            "explanation",
            explainer.get().explained(texts.get(i), planned.sequence(), json.path(LABEL).asText()));
      }
      answers.add(json);
    }
    return answers;
  }

  @Override
  public void close() {
    try {
      explainer.ifPresent(OfflineExplainer::close);
    } finally {
      scorer.close();
    }
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
      json.put(LABEL, score.getLabel());
    } else {
      json.putNull(LABEL);
    }
    ObjectNode probabilities = json.putObject("probabilities");
    score.getProbabilities().forEach(p -> probabilities.put(p.getLabel(), p.getProbability()));
    json.put("language", score.getLanguage());
    json.put("model", model.id().toString());
    if (skipReason != null) {
      return json.put("skipped", skipReason);
    }
    json.put(ScoredOn.FIELD, ScoredOn.of(score));
    if (!score.getLanguage().equals("und") && !model.languages().contains(score.getLanguage())) {
      json.put("warning", "the model does not read language " + score.getLanguage());
    }
    return json;
  }
}
