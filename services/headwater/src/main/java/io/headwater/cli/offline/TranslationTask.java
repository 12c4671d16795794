package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Translation;
import io.headwater.scorer.task.Scoring;
import java.util.List;

/**
 * Translations of texts, as {@code score --task translation} prints them.
 *
 * @param translator closed with the task
 */
record TranslationTask(OfflineTranslator translator) implements OfflineTask {
  @Override
  public List<ObjectNode> answer(List<String> texts) {
    return translator.translate(texts).stream().map(this::described).toList();
  }

  @Override
  public void close() {
    translator.close();
  }

  private ObjectNode described(Scoring<Translation> scoring) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (scoring instanceof Scoring.Failed<Translation> failed) {
      return json.put(ERROR, failed.detail());
    }
    Translation translation = ((Scoring.Scored<Translation>) scoring).result();
    String skipReason = translation.getSkipReason();
    if (skipReason == null) {
      json.put("translation", translation.getText());
    } else {
      json.putNull("translation");
    }
    json.put("sourceLanguage", translation.getSourceLanguage());
    json.put("targetLanguage", translation.getTargetLanguage());
    json.put("logProbability", translation.getLogProbability());
    json.put("tokens", translation.getTokenCount());
    json.put("hitLengthLimit", translation.getHitLengthLimit());
    json.put("passedThrough", translation.getPassedThrough());
    json.put("model", translator.model().id().toString());
    if (skipReason != null) {
      json.put("skipped", skipReason);
    }
    return json;
  }
}
