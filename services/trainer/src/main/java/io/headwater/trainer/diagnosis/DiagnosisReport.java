package io.headwater.trainer.diagnosis;

import java.util.List;
import java.util.Objects;

/**
 * What a diagnosis found.
 *
 * @param model id and version
 * @param sets each labelled set
 * @param fitted the temperature
 * @param robustness each change of the texts; over all sets
 * @param negation pairs made by rule
 * @param attention the heads
 */
public record DiagnosisReport(
    String model,
    List<SetReport> sets,
    Fitted fitted,
    List<Robustness> robustness,
    List<Negation> negation,
    Heads attention) {

  /** Copies the lists. */
  public DiagnosisReport {
    Objects.requireNonNull(model, "model");
    sets = List.copyOf(sets);
    Objects.requireNonNull(fitted, "fitted");
    robustness = List.copyOf(robustness);
    negation = List.copyOf(negation);
    Objects.requireNonNull(attention, "attention");
  }

  /**
   * The temperature.
   *
   * @param temperature what logits should be divided by
   * @param on what it was fitted on, in words
   */
  public record Fitted(double temperature, String on) {
    /** Refuses nothing but null. */
    public Fitted {
      Objects.requireNonNull(on, "on");
    }
  }

  /**
   * The attention.
   *
   * @param texts how many were read
   * @param heads layer by layer; none where the graph shows no attention
   * @param note why there are none; else empty
   */
  public record Heads(int texts, List<HeadStudy> heads, String note) {
    /** Copies the heads. */
    public Heads {
      heads = List.copyOf(heads);
      Objects.requireNonNull(note, "note");
    }

    /** Heads that choose nothing, or always the same. */
    public List<HeadStudy> collapsed() {
      return heads.stream().filter(head -> head.habit() != HeadStudy.Habit.USUAL).toList();
    }
  }
}
