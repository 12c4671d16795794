package io.headwater.aggregator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.avro.ExplainedSegment;
import io.headwater.avro.Explanation;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.TextSource;
import io.headwater.schemas.PackedFloats;
import io.headwater.schemas.TokenInts;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

public class ExplanationShelfTest {

  @Test
  void keepsTheLatestThatFit() {
    ExplanationShelf shelf = new ExplanationShelf(8_000);

    for (int offset = 0; offset < 10; offset++) {
      assertThat(shelf.add(explanation(offset, 0))).isTrue();
    }

    assertThat(shelf.of(origin(9))).isPresent();
    assertThat(shelf.of(origin(7))).isPresent();
    assertThat(shelf.of(origin(6))).isEmpty();
  }

  @Test
  void oneThatIsLargerThanTheShelfIsLeftOutAndCostsNobodyItsPlace() {
    ExplanationShelf shelf = new ExplanationShelf(8_000);
    shelf.add(explanation(1, 0));

    assertThat(shelf.add(explanation(2, 9_000))).isFalse();

    assertThat(shelf.of(origin(1))).isPresent();
    assertThat(shelf.of(origin(2))).isEmpty();
  }

  @Test
  void theSameMessageExplainedAgainTakesNoMoreRoom() {
    ExplanationShelf shelf = new ExplanationShelf(8_000);

    for (int time = 0; time < 100; time++) {
      shelf.add(explanation(1, 100));
    }
    shelf.add(explanation(2, 0));

    assertThat(shelf.of(origin(1))).isPresent();
    assertThat(shelf.of(origin(2))).isPresent();
  }

  @Test
  void isShownWithAllItsNumbers() {
    JsonNode json = ExplanationJson.of(explanation(3, 4));

    assertThat(json.path("id").asText()).isEqualTo("m3");
    assertThat(json.path("model").asText()).isEqualTo("tiny@1.0.0");
    assertThat(json.path("agreement").isNull()).isTrue();
    JsonNode segment = json.path("segments").path(0);
    assertThat(segment.path("tokens")).hasSize(2);
    assertThat(segment.at("/tokens/0/special").asBoolean()).isTrue();
    assertThat(segment.at("/tokens/1/end").asInt()).isEqualTo(4);
    assertThat(segment.at("/rollout/1").asDouble()).isEqualTo(0.75);
    assertThat(segment.at("/occlusion/1").asDouble()).isEqualTo(-0.5);
    assertThat(Base64.getDecoder().decode(segment.path("attention").asText())).hasSize(4);
  }

  private static Origin origin(long offset) {
    return new Origin("messages", 0, offset);
  }

  /**
   * An explanation of two tokens.
   *
   * @param maps bytes of its maps
   */
  public static Explanation explanation(long offset, int maps) {
    ExplainedSegment segment = new ExplainedSegment();
    segment.setStartOffsets(TokenInts.pack(new int[] {-1, 0}));
    segment.setEndOffsets(TokenInts.pack(new int[] {-1, 4}));
    segment.setRollout(PackedFloats.pack(new float[] {0.25f, 0.75f}));
    segment.setLastLayer(PackedFloats.pack(new float[] {0.5f, 0.5f}));
    segment.setOcclusion(PackedFloats.pack(new float[] {0, -0.5f}));
    segment.setMaskedParts(1);
    segment.setLayers(1);
    segment.setHeads(1);
    segment.setAttention(ByteBuffer.allocate(maps));
    Explanation explanation = new Explanation();
    explanation.setMessageId("m" + offset);
    explanation.setOrigin(origin(offset));
    explanation.setModel(new ModelRef("tiny", "1.0.0"));
    explanation.setProvenance(new Provenance("", "", "", ""));
    explanation.setTextSource(TextSource.ORIGINAL);
    explanation.setLabel("negative");
    explanation.setProbability(0.9);
    explanation.setSegments(List.of(segment));
    return explanation;
  }
}
