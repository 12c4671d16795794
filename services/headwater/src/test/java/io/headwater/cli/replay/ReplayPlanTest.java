package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.avro.ReplayPlan;
import io.headwater.avro.ReplayRange;
import io.headwater.cli.AllSettings;
import io.headwater.models.ModelId;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.config.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
  private static final ReplayName NAME = new ReplayName("a", "eu.");
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  private final Settings live =
      settings(Map.of("topics.prefix", "eu.", "state.directory", "/state"));
  private final ReplayPlan plan =
      ReplayPlan.newBuilder()
          .setName("a")
          .setTopic("eu.messages")
          .setFrom("earliest")
          .setTo("2026-11-08T00:00:00Z")
          .setTask("sentiment")
          .setModel(new ModelRef("mine", "2.0.0"))
          .setSettings(ReplaySettings.kept(live))
          .setRanges(List.of(new ReplayRange(0, 5L, 9L, 3L), new ReplayRange(1, 7L, 7L, 0L)))
          .setFirstTimestamp(FIRST)
          .setLastTimestamp(FIRST.plus(Duration.ofDays(7)))
          .setCreatedAt(FIRST)
          .build();

  @Test
  void whatIsLeftOutOrTheSameFitsThePlan() {
    assertThat(request(null, null, null, null).misfits(plan)).isEmpty();
    assertThat(request("eu.messages", "earliest", "2026-11-08", "mine@2.0.0").misfits(plan))
        .isEmpty();
    assertThat(request("messages", null, null, null).misfits(plan)).isEmpty();
  }

  @Test
  void whatDiffersIsNamedWithWhatWasPlanned() {
    assertThat(request("other", "2026-11-01", "now", "mine@2.0.1").misfits(plan))
        .containsExactly(
            "--topic eu.messages, not other",
            "--from earliest, not 2026-11-01T00:00:00Z",
            "--to 2026-11-08T00:00:00Z, not latest",
            "--model mine@2.0.0, not mine@2.0.1");
  }

  @Test
  void theServicesSettingsMakeARiverOfItsOwnThatReadsTheSource() {
    Map<String, String> fixed = ReplaySettings.fixed(NAME, plan, live);

    assertThat(fixed)
        .containsEntry("topics.prefix", "eu.replay.a.")
        .containsEntry("messages.topic", "eu.messages")
        .containsEntry("messages.range", "0:5-9,1:7-7")
        .containsEntry("state.directory", "/state/replay-a")
        .containsEntry("sentiment.model", "mine@2.0.0")
        .containsEntry("tokenizer.languages", "en,de,fr,es");
    assertThat(settings(fixed)).isNotNull();
  }

  @Test
  void theOtherTaskKeepsTheModelItHadWhenItWasPlanned() {
    ReplayPlan translation =
        ReplayPlan.newBuilder(plan)
            .setTask("translation")
            .setSettings(
                ReplaySettings.kept(
                    settings(Map.of("translation.model", "old@1", "translation.beams", "4"))))
            .build();

    assertThat(ReplaySettings.fixed(NAME, translation, live))
        .containsEntry("translation.model", "mine@2.0.0")
        .containsEntry("sentiment.model", "sentiment-e5-small-v2-int8@1.3.0")
        .containsEntry("translation.beams", "4");
    assertThat(ReplayReport.models(translation))
        .isEqualTo(
            Map.of("sentiment", "sentiment-e5-small-v2-int8@1.3.0", "translation", "mine@2.0.0"));
  }

  @Test
  void aPlanOfBeforeThereWasTranslationGoesOnWithoutIt() {
    ReplayPlan old =
        ReplayPlan.newBuilder(plan).setSettings(Map.of("tokenizer.languages", "en,de")).build();

    Map<String, String> fixed = ReplaySettings.fixed(NAME, old, live);

    assertThat(settings(fixed).text("translation.model")).isEmpty();
    assertThat(ReplayReport.models(old)).isEqualTo(Map.of("sentiment", "mine@2.0.0"));
  }

  @Test
  void aReplayNeedsNoScorerOfAnotherMachine() {
    Settings divided = settings(Map.of("scorer.tasks", "sentiment"));

    assertThat(ReplaySettings.usual(NAME, plan, divided))
        .containsEntry("scorer.tasks", "sentiment,translation");
  }

  @Test
  void windowsAndPendingMessagesOutliveTheRange() {
    Settings services = settings(ReplaySettings.usual(NAME, plan, live));

    assertThat(services.millis("aggregator.pending.retention.ms"))
        .isGreaterThan(Duration.ofDays(3_650));
    assertThat(services.millis("aggregator.windows.1s.grace.ms"))
        .isEqualTo(Duration.ofDays(7).plusMinutes(1));
    assertThat(services.millis("aggregator.windows.1s.retention.ms"))
        .isEqualTo(Duration.ofDays(7).plusMinutes(1).plusSeconds(1));
    assertThat(services.millis("aggregator.windows.1h.retention.ms"))
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void everyClientInTheReplaysProcessHasTheReplaysPrefix() {
    List<String> ids =
        ReplayQuotas.clients(NAME, settings(Map.of("instance.id", "i", "tokenizer.threads", "2")));

    assertThat(ids)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith(NAME.prefix()))
        .contains(
            "eu.replay.a.headwater-scorer-i",
            "eu.replay.a.headwater-scorer-translation-i",
            "eu.replay.a.headwater-tokenizer-i-StreamThread-4-producer",
            "eu.replay.a.headwater-aggregator-i-StreamThread-1-restore-consumer");
  }

  private static ReplayRequest request(
      @Nullable String topic, @Nullable String from, @Nullable String to, @Nullable String model) {
    return new ReplayRequest(
        NAME,
        Optional.ofNullable(topic),
        Optional.ofNullable(from).map(TimePoint::parse),
        Optional.ofNullable(to).map(TimePoint::parse),
        Optional.empty(),
        Optional.ofNullable(model).map(ModelId::parse));
  }

  private static Settings settings(Map<String, String> flags) {
    return SettingsReader.read(AllSettings.definition(), Optional.empty(), Map.of(), flags);
  }
}
