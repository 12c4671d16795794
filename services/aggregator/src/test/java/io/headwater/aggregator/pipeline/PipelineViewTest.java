package io.headwater.aggregator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.aggregator.models.ModelsView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineViewTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void showsTheModelsWithTimesThatABrowserReads() throws Exception {
    ModelsView sentiment =
        new ModelsView(
            "sentiment",
            "a@1",
            3,
            NOON,
            "ops",
            null,
            null,
            new ModelsView.Shadow("b@2", 0.1, 40, 0.95),
            null,
            new ModelsView.RolledBack("c@1", NOON, "too many errors"),
            List.of(new ModelsView.Instance("scorer", "0", "a@1", "READY", "")),
            true);
    PipelineView view =
        new PipelineView(
            new PipelineView.Sources(
                new LatencyMeter(Clock.systemUTC()),
                new LetterTally(Clock.systemUTC()),
                () -> LagReport.NOT_ASKED,
                () -> List.of(sentiment)),
            Clock.systemUTC());

    JsonNode models = new ObjectMapper().readTree(view.json()).path("models");

    assertThat(models.at("/0/since").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(models.at("/0/rolledBack/at").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(models.at("/0/shadow/agreement").asDouble()).isEqualTo(0.95);
    assertThat(models.at("/0/canary").isNull()).isTrue();
    assertThat(models.at("/0/instances/0/state").asText()).isEqualTo("READY");
    assertThat(models.at("/0/agreed").asBoolean()).isTrue();
  }
}
