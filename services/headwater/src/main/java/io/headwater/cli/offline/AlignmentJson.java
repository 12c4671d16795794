package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.avro.Alignment;
import io.headwater.avro.Translation;
import io.headwater.schemas.TokenInts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The alignments of a translation with the words that they are about. */
final class AlignmentJson {
  private final String source;
  private final Translation translation;

  AlignmentJson(String source, Translation translation) {
    this.source = source;
    this.translation = translation;
  }

  /**
   * An object for each segment: {@code source} and {@code target} with the text of each token and
   * where it starts, null for a special token, and {@code weights} with a row for each token of the
   * target.
   */
  ArrayNode segments() {
    ArrayNode segments = JsonNodeFactory.instance.arrayNode();
    for (Alignment alignment : translation.getAlignments()) {
      ObjectNode segment = segments.addObject();
      ArrayNode from = tokens(source, alignment.getSourceStarts(), alignment.getSourceEnds());
      ArrayNode to =
          tokens(translation.getText(), alignment.getTargetStarts(), alignment.getTargetEnds());
      segment.set("source", from);
      segment.set("target", to);
      segment.set("weights", weights(alignment.getWeights(), to.size(), from.size()));
    }
    return segments;
  }

  private static ArrayNode tokens(String text, ByteBuffer starts, ByteBuffer ends) {
    ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
    int[] begin = TokenInts.unpack(starts);
    int[] end = TokenInts.unpack(ends);
    for (int i = 0; i < begin.length; i++) {
      if (begin[i] < 0) {
        tokens.addNull();
      } else {
        TokenJson.put(tokens.addObject(), text, begin[i], end[i]);
      }
    }
    return tokens;
  }

  private static ArrayNode weights(ByteBuffer packed, int rows, int columns) {
    ArrayNode weights = JsonNodeFactory.instance.arrayNode();
    ByteBuffer floats = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      ArrayNode line = weights.addArray();
      for (int column = 0; column < columns; column++) {
        line.add(TokenJson.rounded(floats.getFloat()));
      }
    }
    return weights;
  }
}
