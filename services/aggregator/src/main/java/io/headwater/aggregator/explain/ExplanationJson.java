package io.headwater.aggregator.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.ExplainedSegment;
import io.headwater.avro.Explanation;
import io.headwater.schemas.PackedFloats;
import io.headwater.schemas.TokenInts;
import io.headwater.schemas.assignment.ModelFollower;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Explanations as JSON. Numbers of tokens have six digits, which is all that a float32 knows. */
public final class ExplanationJson {
  private static final double DIGITS = 1e6;

  private ExplanationJson() {}

  /**
   * An explanation; the weights of its maps as they are in Kafka, in Base64.
   *
   * @throws IllegalArgumentException when its packed numbers are none
   */
  public static ObjectNode of(Explanation explanation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", explanation.getMessageId());
    node.put("model", ModelFollower.name(explanation.getModel()));
    node.put("label", explanation.getLabel());
    node.put("probability", explanation.getProbability());
    node.put("textSource", explanation.getTextSource().toString());
    node.put("agreement", explanation.getAgreement());
    node.put("missingReason", explanation.getMissingReason());
    ArrayNode segments = node.putArray("segments");
    explanation.getSegments().forEach(segment -> put(segments.addObject(), segment));
    return node;
  }

  private static void put(ObjectNode node, ExplainedSegment segment) {
    int[] starts = TokenInts.unpack(segment.getStartOffsets());
    int[] ends = TokenInts.unpack(segment.getEndOffsets());
    ArrayNode tokens = node.putArray("tokens");
    for (int i = 0; i < Math.min(starts.length, ends.length); i++) {
      tokens.addObject().put("start", starts[i]).put("end", ends[i]).put("special", starts[i] < 0);
    }
    numbers(node.putArray("rollout"), segment.getRollout());
    numbers(node.putArray("lastLayer"), segment.getLastLayer());
    numbers(node.putArray("occlusion"), segment.getOcclusion());
    node.put("maskedParts", segment.getMaskedParts());
    node.put("agreement", segment.getAgreement());
    node.put("layers", segment.getLayers());
    node.put("heads", segment.getHeads());
    ByteBuffer attention = segment.getAttention();
    if (attention == null) {
      node.putNull("attention");
    } else {
      byte[] weights = new byte[attention.remaining()];
      attention.duplicate().get(weights);
      node.put("attention", Base64.getEncoder().encodeToString(weights));
    }
  }

  private static void numbers(ArrayNode node, ByteBuffer packed) {
    for (float number : PackedFloats.unpack(packed)) {
      node.add(Math.round(number * DIGITS) / DIGITS);
    }
  }
}
