package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Translation;
import io.headwater.scorer.task.Scoring;
import java.util.ArrayList;
import java.util.List;

/**
 * Translations of texts, as {@code score --task translation} prints them.
 *
 * @param translator closed with the task
 * @param explain whether to say which words each word of a translation was made from
 */
record TranslationTask(OfflineTranslator translator, boolean explain) implements OfflineTask {
  @Override
  public List<ObjectNode> answer(List<String> texts) {
    List<Scoring<Translation>> translated = translator.translate(texts, explain);
    List<ObjectNode> answers = new ArrayList<>();
    for (int i = 0; i < translated.size(); i++) {
      answers.add(described(texts.get(i), translated.get(i)));
    }
    return answers;
  }

  @Override
  public void close() {
    translator.close();
  }

  private ObjectNode described(String text, Scoring<Translation> scoring) {
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
    } else if (explain && !translation.getPassedThrough()) {
      explained(json, text, translation);
    }
    return json;
  }

  private void explained(ObjectNode json, String text, Translation translation) {
    if (translator.explains()) {
      json.set("alignments", new AlignmentJson(text, translation).segments());
    } else {
      json.put("warning", "the model does not say which words it looked at");
    }
  }
}
