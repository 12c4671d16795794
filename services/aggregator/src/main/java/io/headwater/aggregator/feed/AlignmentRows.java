package io.headwater.aggregator.feed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Alignment;
import io.headwater.schemas.TokenInts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Alignments of a translation as arrays of numbers. */
final class AlignmentRows {
  private static final double STEPS = 10_000;

  private AlignmentRows() {}

  /** Puts them into a translation, where there are any. */
  static void put(ObjectNode translation, InsightDetail detail) {
    if (detail.alignments().isEmpty() && !detail.alignmentsCut()) {
      return;
    }
    ArrayNode all = translation.putArray("alignments");
    // One that its lengths do not fit was written by somebody else.
    detail.alignments().forEach(alignment -> of(alignment).ifPresent(all::add));
    translation.put("alignmentsCut", detail.alignmentsCut());
  }

  private static Optional<ObjectNode> of(Alignment alignment) {
    Optional<ArrayNode> source = spans(alignment.getSourceStarts(), alignment.getSourceEnds());
    Optional<ArrayNode> target = spans(alignment.getTargetStarts(), alignment.getTargetEnds());
    if (source.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    int rows = target.get().size();
    int columns = source.get().size();
    ByteBuffer weights = alignment.getWeights().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (weights.remaining() != (long) rows * columns * Float.BYTES) {
      return Optional.empty();
    }
    ObjectNode segment = JsonNodeFactory.instance.objectNode();
    segment.set("source", source.get());
    segment.set("target", target.get());
    ArrayNode lines = segment.putArray("weights");
    for (int row = 0; row < rows; row++) {
      ArrayNode line = lines.addArray();
      for (int column = 0; column < columns; column++) {
        line.add(rounded(weights.getFloat()));
      }
    }
    return Optional.of(segment);
  }

  private static Optional<ArrayNode> spans(ByteBuffer starts, ByteBuffer ends) {
    if (starts.remaining() != ends.remaining() || starts.remaining() % Integer.BYTES != 0) {
      return Optional.empty();
    }
    int[] begin = TokenInts.unpack(starts);
    int[] end = TokenInts.unpack(ends);
    ArrayNode spans = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < begin.length; i++) {
      spans.addArray().add(begin[i]).add(end[i]);
    }
    return Optional.of(spans);
  }

  /** JSON has no word for what is no number. */
  private static double rounded(float weight) {
    return Float.isFinite(weight) ? Math.round(weight * STEPS) / STEPS : 0;
  }
}
