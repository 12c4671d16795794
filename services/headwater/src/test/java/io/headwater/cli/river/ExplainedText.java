package io.headwater.cli.river;

import io.headwater.avro.ExplainedSegment;
import io.headwater.avro.Explanation;
import io.headwater.schemas.PackedFloats;
import io.headwater.schemas.TokenInts;

/** What an explanation says of a text. */
final class ExplainedText {
  private ExplainedText() {}

  /** The token of the first segment without which the label loses most. */
  static String decidingWord(Explanation explanation, String text) {
    ExplainedSegment segment = explanation.getSegments().get(0);
    float[] occlusion = PackedFloats.unpack(segment.getOcclusion());
    int strongest = 0;
    for (int i = 0; i < occlusion.length; i++) {
      strongest = occlusion[i] > occlusion[strongest] ? i : strongest;
    }
    return text.substring(
        TokenInts.unpack(segment.getStartOffsets())[strongest],
        TokenInts.unpack(segment.getEndOffsets())[strongest]);
  }
}
