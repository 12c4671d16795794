package io.headwater.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The labels, in the order of the model's outputs. */
public enum Sentiment {
  /** The writer is against something. */
  NEGATIVE(0),
  /** Neither, or both. */
  NEUTRAL(1),
  /** The writer is in favour of something. */
  POSITIVE(2);

  private final int index;

  Sentiment(int index) {
    this.index = index;
  }

  /** Which of the model's outputs is this one's. */
  public int index() {
    return index;
  }

  /**
   * Reads {@code negative}, {@code neutral} or {@code positive}.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static Sentiment parse(String text) {
    return Arrays.stream(values())
        .filter(sentiment -> sentiment.label().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("label \"" + text + "\" is none of " + labels()));
  }

  /** The label as it is written in data and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All labels, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Sentiment::label).toList();
  }
}
