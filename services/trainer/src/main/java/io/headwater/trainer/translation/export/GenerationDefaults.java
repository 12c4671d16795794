package io.headwater.trainer.translation.export;

/**
 * How a model is decoded unless one asks for something else.
 *
 * @param beams beams of the search; 1 for greedy search
 * @param maxLength longest translation in tokens, start and end included
 * @param lengthPenalty exponent of the length that a hypothesis' score is divided by
 */
public record GenerationDefaults(int beams, int maxLength, double lengthPenalty) {

  /** Refuses what no search can do. */
  public GenerationDefaults {
    if (beams < 1 || maxLength < 4 || !Double.isFinite(lengthPenalty)) {
      throw new IllegalArgumentException(
          "beams "
              + beams
              + ", length "
              + maxLength
              + ", penalty "
              + lengthPenalty
              + "; needed are 1 beam, a length of 4 and a finite penalty at least");
    }
  }

  /** Four beams, scores divided by the length. */
  public static GenerationDefaults fourBeams(int maxLength) {
    return new GenerationDefaults(4, maxLength, 1);
  }
}
