package io.headwater.cli.replay.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InsightDigestsTest {
  private static final byte[] KEY = {1, 2};

  @Test
  void theSchemasIdDoesNotCount() {
    Insight insight = Insights.scored("a", Insights.at(3), 0.8, 0.1);

    assertThat(InsightDigests.ofBytes(KEY, Insights.bytes(insight, 7)))
        .isEqualTo(InsightDigests.ofBytes(KEY, Insights.bytes(insight, 9)));
  }

  @Test
  void keyAndValueBothCountAndKeepTheirSides() {
    byte[] value = {0, 0, 0, 0, 1, 5, 6};
    byte[] shorter = {0, 0, 0, 0, 1, 6};

    assertThat(InsightDigests.ofBytes(KEY, value))
        .isNotEqualTo(InsightDigests.ofBytes(null, value))
        .isNotEqualTo(InsightDigests.ofBytes(new byte[0], value))
        .isNotEqualTo(InsightDigests.ofBytes(new byte[] {1, 2, 5}, shorter));
    assertThat(InsightDigests.ofBytes(null, value))
        .isNotEqualTo(InsightDigests.ofBytes(new byte[0], value));
  }

  @Test
  void theContentIsTheSameWhereverTheMessageStood() {
    Insight here = Insights.scored("a", Insights.at(3), 0.8, 0.1);
    Insight there = Insights.scored("a", new Origin("archive", 2, 99L), 0.8, 0.1);

    assertThat(InsightDigests.ofContent(KEY, here)).isEqualTo(InsightDigests.ofContent(KEY, there));
    assertThat(InsightDigests.ofBytes(KEY, Insights.bytes(here, 1)))
        .isNotEqualTo(InsightDigests.ofBytes(KEY, Insights.bytes(there, 1)));
  }

  @Test
  void anIdThatWasMadeFromThePlaceDoesNotCountEither() {
    assertThat(InsightDigests.ofContent(KEY, Insights.scored("", Insights.at(3), 0.8, 0.1)))
        .isEqualTo(InsightDigests.ofContent(KEY, Insights.scored("", Insights.at(4), 0.8, 0.1)));
  }

  @Test
  void theOrderOfAttributesDoesNotCount() {
    Insight forward = Insights.unscored("a", Insights.at(1));
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("x", "1");
    attributes.put("b", "2");
    forward.getMessage().setAttributes(attributes);
    Insight backward = Insights.unscored("a", Insights.at(1));
    Map<String, String> turned = new LinkedHashMap<>();
    turned.put("b", "2");
    turned.put("x", "1");
    backward.getMessage().setAttributes(turned);

    assertThat(InsightDigests.ofContent(null, forward))
        .isEqualTo(InsightDigests.ofContent(null, backward));
  }

  @Test
  void aResultThatDiffersCounts() {
    byte[] one = InsightDigests.ofContent(KEY, Insights.scored("a", Insights.at(3), 0.8, 0.1));

    assertThat(one)
        .isNotEqualTo(
            InsightDigests.ofContent(KEY, Insights.scored("a", Insights.at(3), 0.8001, 0.1)))
        .isNotEqualTo(InsightDigests.ofContent(KEY, Insights.unscored("a", Insights.at(3))));
  }
}
