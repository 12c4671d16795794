package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.explain.Explanation;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.schemas.TokenInts;

/** Says of each token of a text what it did for the text's label. Owned by one thread. */
final class OfflineExplainer implements AutoCloseable {
  private final ModelPackage model;
  private final SentimentExplainer explainer;

  OfflineExplainer(ModelPackage model, EngineOptions options) {
    this.model = model;
    this.explainer = SentimentExplainer.open(model, options);
  }

  /**
   * An object for each segment: {@code tokens} with what is said of each, and {@code agreement} of
   * attention and masking, from -1 to 1, null where it cannot be told.
   *
   * @param text that was read
   * @param label that it got
   */
  ArrayNode explained(String text, TokenSequence sequence, String label) {
    ArrayNode segments = JsonNodeFactory.instance.arrayNode();
    for (TokenSegment segment : sequence.getSegments()) {
      int[] starts = TokenInts.unpack(segment.getStartOffsets());
      int[] ends = TokenInts.unpack(segment.getEndOffsets());
      boolean[] special = SentimentExplainer.special(starts);
      Explanation explanation =
          explainer.explain(
              TokenInts.unpack(segment.getTokenIds()), special, model.labels().indexOf(label));
      ObjectNode json = segments.addObject();
      ArrayNode tokens = json.putArray("tokens");
      for (int i = 0; i < starts.length; i++) {
        ObjectNode token = tokens.addObject();
        if (special[i]) {
          token.putNull("text");
        } else {
          TokenJson.put(token, text, starts[i], ends[i]);
        }
        token.put("rollout", TokenJson.rounded(explanation.rollout()[i]));
        token.put("lastLayer", TokenJson.rounded(explanation.lastLayer()[i]));
        token.put("occlusion", TokenJson.rounded(explanation.occlusion()[i]));
      }
      explanation
          .agreement()
          .ifPresentOrElse(
              value -> json.put("agreement", TokenJson.rounded(value)),
              () -> json.putNull("agreement"));
    }
    return segments;
  }

  @Override
  public void close() {
    explainer.close();
  }
}
