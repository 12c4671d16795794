package io.headwater.aggregator.feed;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.path.InsightPlace;
import io.headwater.avro.Alignment;
import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import io.headwater.avro.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of an insight only when it is asked for by its id. As small as it can be kept: there
 * is one for each insight of the feed.
 *
 * @param origin of its message
 * @param alignments of its translation, the first ones if they are many
 * @param alignmentsCut whether there are more
 * @param texts the whole texts, where lists have only their beginnings
 */
public record InsightDetail(
    Origin origin,
    InsightPlace place,
    List<Alignment> alignments,
    boolean alignmentsCut,
    Texts texts) {
  /** Those of a dozen sentences; a page shows no more text than that. */
  private static final long MOST_BYTES = 64L * 1024;

  /** Longer ones stay cut: an explanation can be of a mebibyte, and a page cannot. */
  private static final int MOST_CHARACTERS = 32 * 1024;

  public InsightDetail {
    requireNonNull(origin, "origin");
    requireNonNull(place, "place");
    requireNonNull(texts, "texts");
    alignments = List.copyOf(alignments);
  }

  /**
   * Texts without which an explanation of all their tokens could not be shown.
   *
   * @param original of the message, if it is kept
   * @param translation of it, if it is kept
   */
  record Texts(Optional<String> original, Optional<String> translation) {
    static final Texts NONE = new Texts(Optional.empty(), Optional.empty());
  }

  /**
   * The detail of an insight.
   *
   * @param isExplained whether somebody may want to see each token of its texts
   */
  static InsightDetail of(Insight insight, InsightPlace place, boolean isExplained) {
    Translation translation = insight.getTranslation();
    Texts texts =
        isExplained
            ? new Texts(
                kept(insight.getMessage().getText()),
                translation == null ? Optional.empty() : kept(translation.getText()))
            : Texts.NONE;
    List<Alignment> kept = new ArrayList<>();
    long bytes = 0;
    for (Alignment alignment :
        translation == null ? List.<Alignment>of() : translation.getAlignments()) {
      bytes += size(alignment);
      if (bytes > MOST_BYTES) {
        return new InsightDetail(insight.getOrigin(), place, kept, true, texts);
      }
      kept.add(alignment);
    }
    return new InsightDetail(insight.getOrigin(), place, kept, false, texts);
  }

  private static Optional<String> kept(String text) {
    return text.length() > MOST_CHARACTERS ? Optional.empty() : Optional.of(text);
  }

  private static long size(Alignment alignment) {
    return (long) alignment.getSourceStarts().remaining()
        + alignment.getSourceEnds().remaining()
        + alignment.getTargetStarts().remaining()
        + alignment.getTargetEnds().remaining()
        + alignment.getWeights().remaining();
  }
}
