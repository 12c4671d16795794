package io.headwater.aggregator.feed;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.path.InsightPlace;
import io.headwater.avro.Alignment;
import io.headwater.avro.Insight;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of an insight only when it is asked for by its id. As small as it can be kept: there
 * is one for each insight of the feed.
 *
 * @param alignments of its translation, the first ones if they are many
 * @param alignmentsCut whether there are more
 */
public record InsightDetail(InsightPlace place, List<Alignment> alignments, boolean alignmentsCut) {
  /** Those of a dozen sentences; a page shows no more text than that. */
  private static final long MOST_BYTES = 64L * 1024;

  public InsightDetail {
    requireNonNull(place, "place");
    alignments = List.copyOf(alignments);
  }

  static InsightDetail of(Insight insight, InsightPlace place) {
    if (insight.getTranslation() == null) {
      return new InsightDetail(place, List.of(), false);
    }
    List<Alignment> kept = new ArrayList<>();
    long bytes = 0;
    for (Alignment alignment : insight.getTranslation().getAlignments()) {
      bytes += size(alignment);
      if (bytes > MOST_BYTES) {
        return new InsightDetail(place, kept, true);
      }
      kept.add(alignment);
    }
    return new InsightDetail(place, kept, false);
  }

  private static long size(Alignment alignment) {
    return (long) alignment.getSourceStarts().remaining()
        + alignment.getSourceEnds().remaining()
        + alignment.getTargetStarts().remaining()
        + alignment.getTargetEnds().remaining()
        + alignment.getWeights().remaining();
  }
}
