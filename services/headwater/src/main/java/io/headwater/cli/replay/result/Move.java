package io.headwater.cli.replay.result;

/**
 * A message whose polarity differs between two runs.
 *
 * @param messageId its id
 * @param origin where it stands
 * @param labelA its label in the first run
 * @param labelB its label in the second
 * @param polarityA P(positive) - P(negative) in the first run
 * @param polarityB the same in the second
 * @param text its text
 */
public record Move(
    String messageId,
    String origin,
    String labelA,
    String labelB,
    double polarityA,
    double polarityB,
    String text) {
  /** How far it moved, and which way. */
  public double distance() {
    return polarityB - polarityA;
  }
}
