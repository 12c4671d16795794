package io.headwater.scorer.sentiment;

import io.headwater.avro.Provenance;
import io.headwater.models.explain.AttentionMaps;
import io.headwater.models.explain.ExplainLimits;
import io.headwater.models.explain.Explanation;
import io.headwater.models.explain.SegmentExplanation;
import io.headwater.scorer.task.TokenLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says of each token that it did as much as its place; fails on the culprit of {@link FakeModel}.
 * Its maps have two layers of one head, where each token looks at itself.
 */
public final class FakeExplainer {
  private FakeExplainer() {}

  /** It, as if it had been loaded. */
  public static LoadedExplainer loaded() {
    return new LoadedExplainer(
        new Provenance("digest-of-fake", Sequences.DIGEST, "none 1.0", "cpu"),
        List.of("negative", "neutral", "positive"),
        new TokenLimits(Sequences.DIGEST, Sequences.MAX_TOKENS, Sequences.VOCABULARY),
        FakeExplainer::explain);
  }

  static SegmentExplanation explain(int[] ids, boolean[] special, int label, ExplainLimits limits) {
    if (Arrays.stream(ids).anyMatch(id -> id == FakeModel.CULPRIT)) {
      throw new IllegalStateException("cannot stand this");
    }
    float[] places = new float[ids.length];
    float[] even = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      places[i] = i + label;
      even[i] = 1f / ids.length;
    }
    byte[] maps = new byte[2 * ids.length * ids.length];
    for (int i = 0; i < 2 * ids.length; i++) {
      maps[i * ids.length + i % ids.length] = (byte) AttentionMaps.WHOLE;
    }
    return new SegmentExplanation(
        new Explanation(places, even, places, special),
        Math.min(ids.length, limits.parts()),
        maps.length <= limits.mapBytes()
            ? Optional.of(new AttentionMaps(2, 1, ids.length, maps))
            : Optional.empty());
  }
}
