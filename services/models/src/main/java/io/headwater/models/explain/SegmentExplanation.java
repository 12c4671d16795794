package io.headwater.models.explain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A segment that was explained.
 *
 * @param tokens what is said of each token
 * @param parts in how many runs of neighbouring tokens they were masked
 * @param maps its attention; empty when that would be larger than was allowed
 */
public record SegmentExplanation(Explanation tokens, int parts, Optional<AttentionMaps> maps) {
  /** Refuses nothing but null. */
  public SegmentExplanation {
    requireNonNull(tokens, "tokens");
    requireNonNull(maps, "maps");
  }
}
