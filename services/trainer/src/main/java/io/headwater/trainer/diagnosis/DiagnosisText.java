package io.headwater.trainer.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis as lines for a terminal. */
public final class DiagnosisText {
  private static final int SHOWN = 70;
  private static final int LISTED = 12;

  private final List<String> lines = new ArrayList<>();

  private DiagnosisText() {}

  /** The lines. */
  public static List<String> of(DiagnosisReport report) {
    DiagnosisText text = new DiagnosisText();
    text.say("model        %s", report.model());
    text.calibration(report);
    report.sets().forEach(text::set);
    text.robustness(report);
    text.attention(report.attention());
    return List.copyOf(text.lines);
  }

  private void calibration(DiagnosisReport report) {
    double temperature = report.fitted().temperature();
    say(
        "temperature  %.3f, fitted on %s: the model is %s sure of those",
        temperature, report.fitted().on(), temperature > 1 ? "too" : "not too");
    say("");
    say(
        "%-20s %6s %8s %8s %9s %9s %9s %9s",
        "calibration", "rows", "accuracy", "sure", "ECE", "ECE at T", "log loss", "at T");
    for (SetReport set : report.sets()) {
      Predictions judged = set.judged();
      double sure = 0;
      for (int row = 0; row < judged.size(); row++) {
        sure += judged.confidence(row) / judged.size();
      }
      say(
          "%-20s %6d %8.4f %8.4f %9.4f %9.4f %9.4f %9.4f",
          set.name(),
          judged.size(),
          judged.accuracy(),
          sure,
          Reliability.of(judged).error(),
          Reliability.of(set.tempered()).error(),
          judged.logLoss(),
          set.tempered().logLoss());
    }
  }

  private void set(SetReport set) {
    List<String> labels = ConfusionMatrix.labels();
    ConfusionMatrix matrix = set.matrix();
    say("");
    say(
        "%s: %d rows, accuracy %.4f, macro-recall %.4f%s",
        set.name(),
        set.predictions().size(),
        set.predictions().accuracy(),
        matrix.macroRecall(),
        set.predictions().sample().twoWay() ? " (negative against positive only)" : "");
    say(
        "  %-10s %9s %9s %9s %10s %7s",
        "is \\ said", labels.get(0), labels.get(1), labels.get(2), "precision", "recall");
    for (int label = 0; label < labels.size(); label++) {
      say(
          "  %-10s %9d %9d %9d %10.4f %7.4f",
          labels.get(label),
          matrix.count(label, 0),
          matrix.count(label, 1),
          matrix.count(label, 2),
          matrix.precision(label),
          matrix.recall(label));
    }
    for (WorstError error : set.errors()) {
      String text = error.text();
      say(
          "  line %d is %s, said %s (%.3f): %s",
          error.line(),
          error.label(),
          error.predicted(),
          error.confidence(),
          text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
    }
  }

  private void robustness(DiagnosisReport report) {
    say("");
    say("%-34s %8s %8s %8s", "changed texts", "before", "after", "flipped");
    for (Robustness row : report.robustness()) {
      say("%-34s %8.4f %8.4f %8.4f", row.change(), row.before(), row.after(), row.flipped());
    }
    say("");
    say("%-34s %8s %8s %8s", "negation (is / is not)", "plain", "denied", "turned");
    for (Negation row : report.negation()) {
      String name = row.words() + ", " + row.pairs() + " pairs";
      say("%-34s %8.4f %8.4f %8.4f", name, row.plain(), row.denied(), row.turned());
    }
  }

  private void attention(DiagnosisReport.Heads attention) {
    say("");
    if (attention.heads().isEmpty()) {
      say("attention    none to be seen: %s", attention.note());
      return;
    }
    say(
        "attention    mean entropy of each layer's heads over %d texts (0: one token, 1: all alike)",
        attention.texts());
    int layers = attention.heads().get(attention.heads().size() - 1).layer() + 1;
    for (int layer = 0; layer < layers; layer++) {
      int at = layer;
      StringBuilder heads = new StringBuilder();
      attention.heads().stream()
          .filter(head -> head.layer() == at)
          .forEach(head -> heads.append(String.format(Locale.ROOT, " %.2f", head.entropy())));
      say("  layer %-3d %s", layer, heads);
    }
    List<HeadStudy> collapsed = attention.collapsed();
    say("collapsed    %d of %d heads", collapsed.size(), attention.heads().size());
    for (HeadStudy head : collapsed.subList(0, Math.min(LISTED, collapsed.size()))) {
      say("  layer %d head %d: %s", head.layer(), head.head(), head.habit().words());
    }
    if (collapsed.size() > LISTED) {
      say("  and %d more", collapsed.size() - LISTED);
    }
  }

  private void say(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
