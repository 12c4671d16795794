package io.headwater.trainer.diagnosis;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A diagnosis as JSON. */
public final class DiagnosisJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DiagnosisJson() {}

  /** The object. */
  public static ObjectNode of(DiagnosisReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("model", report.model());
    json.put("temperature", report.fitted().temperature());
    json.put("fittedOn", report.fitted().on());
    ArrayNode sets = json.putArray("sets");
    report.sets().forEach(set -> set(sets.addObject(), set));
    ArrayNode robustness = json.putArray("robustness");
    for (Robustness row : report.robustness()) {
      robustness
          .addObject()
          .put("change", row.change())
          .put("texts", row.texts())
          .put("before", row.before())
          .put("after", row.after())
          .put("flipped", row.flipped());
    }
    ArrayNode negation = json.putArray("negation");
    for (Negation row : report.negation()) {
      negation
          .addObject()
          .put("words", row.words())
          .put("pairs", row.pairs())
          .put("plain", row.plain())
          .put("denied", row.denied())
          .put("turned", row.turned());
    }
    attention(json.putObject("attention"), report.attention());
    return json;
  }

  private static void set(ObjectNode json, SetReport set) {
    json.put("name", set.name());
    json.put("rows", set.predictions().size());
    json.put("twoWay", set.predictions().sample().twoWay());
    json.put("accuracy", set.predictions().accuracy());
    ConfusionMatrix matrix = set.matrix();
    json.put("macroRecall", matrix.macroRecall());
    List<String> labels = ConfusionMatrix.labels();
    ObjectNode byLabel = json.putObject("labels");
    for (int label = 0; label < labels.size(); label++) {
      ObjectNode one = byLabel.putObject(labels.get(label));
      one.put("texts", matrix.support(label));
      one.put("precision", matrix.precision(label)).put("recall", matrix.recall(label));
      ObjectNode said = one.putObject("predicted");
      for (int other = 0; other < labels.size(); other++) {
        said.put(labels.get(other), matrix.count(label, other));
      }
    }
    calibration(json.putObject("calibration"), set.judged());
    calibration(json.putObject("calibrationAtTemperature"), set.tempered());
    ArrayNode errors = json.putArray("worstErrors");
    for (WorstError error : set.errors()) {
      errors
          .addObject()
          .put("line", error.line())
          .put("label", error.label())
          .put("predicted", error.predicted())
          .put("confidence", error.confidence())
          .put("text", error.text());
    }
  }

  private static void calibration(ObjectNode json, Predictions predictions) {
    Reliability reliability = Reliability.of(predictions);
    json.put("rows", predictions.size());
    json.put("ece", reliability.error());
    json.put("logLoss", predictions.logLoss());
    ArrayNode bins = json.putArray("bins");
    for (Reliability.Bin bin : reliability.bins()) {
      bins.addObject()
          .put("from", bin.from())
          .put("to", bin.to())
          .put("rows", bin.rows())
          .put("confidence", bin.confidence())
          .put("accuracy", bin.accuracy());
    }
  }

  private static void attention(ObjectNode json, DiagnosisReport.Heads attention) {
    json.put("texts", attention.texts());
    if (!attention.note().isEmpty()) {
      json.put("note", attention.note());
    }
    ArrayNode heads = json.putArray("heads");
    for (HeadStudy head : attention.heads()) {
      heads
          .addObject()
          .put("layer", head.layer())
          .put("head", head.head())
          .put("entropy", head.entropy())
          .put("first", head.first())
          .put("last", head.last())
          .put("strongest", head.strongest())
          .put("habit", head.habit().words());
    }
  }
}
