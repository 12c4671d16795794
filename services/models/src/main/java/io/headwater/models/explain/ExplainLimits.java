package io.headwater.models.explain;

/**
 * What an explanation of one segment may cost.
 *
 * @param parts most runs of neighbouring tokens that are masked one after the other: each costs one
 *     more pass over the segment
 * @param mapBytes most bytes of attention maps; 0 for none
 */
public record ExplainLimits(int parts, int mapBytes) {
  /** More than these are not masked one by one, whatever else may be allowed. */
  public static final int MOST_PARTS = 64;

  /** Refuses less than one part. */
  public ExplainLimits {
    if (parts < 1 || mapBytes < 0) {
      throw new IllegalArgumentException("an explanation masks at least one part of a segment");
    }
  }

  /** As much as is ever masked, and no maps. */
  public static ExplainLimits withoutMaps() {
    return new ExplainLimits(MOST_PARTS, 0);
  }
}
