package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.CanaryTrial;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.ShadowTrial;
import io.headwater.avro.TokenSequence;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelId;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.TokenInts;
import io.headwater.schemas.assignment.Assignments;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.Plans;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerModelsTest {
  private static final ModelId SENTIMENT = new ModelId("tiny", "1.0.0");
  private static final ModelId TRANSLATION = new ModelId("tiny-translation", "1.0.0");

  private static final byte[] KEY = {1};
  @TempDir private Path root;
  private final Telemetry telemetry = Telemetry.of("tokenizer");

  @BeforeEach
  void writePackages() {
    PackageFolder.good(root.resolve("tiny/1.0.0"));
    TranslationFolder.good(root.resolve("tiny-translation/1.0.0"));
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void bothTokenizersAreLoadedAndHealthNamesThem() {
    try (TokenizerModels models = open(SENTIMENT, Optional.of(choice("en")))) {
      assertThat(models.isTranslating()).isTrue();
      var checks = telemetry.health().ready().checks();
      assertThat(Objects.requireNonNull(checks.get("model")).detail()).contains("tiny@1.0.0");
      assertThat(Objects.requireNonNull(checks.get("translation.model")).detail())
          .contains("tiny-translation@1.0.0");
    }
  }

  @Test
  void messagesAreCutForTheTranslationModel() {
    try (TokenizerModels models = open(SENTIMENT, Optional.of(choice("en")))) {
      Message message =
          Message.newBuilder().setText("Das ist gut. Das nicht.").setLanguage("de").build();

      TokenSequence sequence =
          ((Planned) models.messages().plan(message, new Origin("messages", 0, 0L), KEY).live())
              .sequence();

      assertThat(sequence.getModel().getId()).isEqualTo("tiny-translation");
      assertThat(sequence.getSegments()).hasSize(2);
      assertThat(sequence.getSegments())
          .allSatisfy(
              segment -> assertThat(TokenInts.unpack(segment.getTokenIds())).hasSizeBetween(2, 24));
    }
  }

  @Test
  void withoutATranslationModelMessagesGoStraightToSentiment() {
    try (TokenizerModels models = open(SENTIMENT, Optional.empty())) {
      Message message = Message.newBuilder().setText("Good.").setLanguage("en").build();

      TokenSequence sequence =
          ((Planned) models.messages().plan(message, new Origin("messages", 0, 0L), KEY).live())
              .sequence();

      assertThat(models.isTranslating()).isFalse();
      assertThat(sequence.getTask()).isEqualTo("sentiment");
      assertThat(telemetry.health().ready().checks()).doesNotContainKey("translation.model");
    }
  }

  @Test
  void aPackageForAnotherTaskIsSaidToBeOne() {
    assertThatThrownBy(() -> open(SENTIMENT, Optional.of(new TranslationChoice(SENTIMENT, "en"))))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "tokenizer: translation.model names tiny@1.0.0, which is a package for sentiment");
    assertThatThrownBy(() -> open(TRANSLATION, Optional.empty()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("sentiment.model names tiny-translation@1.0.0");
  }

  @Test
  void aTargetLanguageThatTheModelDoesNotWriteEndsTheStart() {
    assertThatThrownBy(() -> open(SENTIMENT, Optional.of(choice("fr"))))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "tokenizer: translation.target.language is fr, and tiny-translation@1.0.0 writes only"
                + " en");
  }

  @Test
  void aPackageThatIsNotThereIsNamed() {
    TranslationChoice absent = new TranslationChoice(new ModelId("absent", "2.0.0"), "en");

    assertThatThrownBy(() -> open(SENTIMENT, Optional.of(absent)))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aPlannerThatIsInUseTakesTheModelThatServesWhenItsMessageComes() {
    PackageFolder.good(root.resolve("tiny/2.0.0"))
        .edit("\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    ModelRef next = new ModelRef("tiny", "2.0.0");
    Message message = Message.newBuilder().setText("Good.").setLanguage("en").build();
    try (TokenizerModels models = open(SENTIMENT, Optional.empty())) {
      var planner = models.messages();
      planner.plan(message, new Origin("messages", 0, 0L), KEY);

      models.prepare("sentiment", next);
      Plans before = planner.plan(message, new Origin("messages", 0, 1L), KEY);
      models.serve(Assignments.configured("sentiment", next), Set.of(next));
      Plans after = planner.plan(message, new Origin("messages", 0, 2L), KEY);

      assertThat(((Planned) before.live()).sequence().getModel().getVersion()).isEqualTo("1.0.0");
      assertThat(((Planned) after.live()).sequence().getModel().getVersion()).isEqualTo("2.0.0");
    }
  }

  @Test
  void aCanaryServesItsShareAndTheOtherReadsBesideIt() {
    PackageFolder.good(root.resolve("tiny/2.0.0"))
        .edit("\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    ModelRef first = new ModelRef("tiny", "1.0.0");
    ModelRef next = new ModelRef("tiny", "2.0.0");
    Message message = Message.newBuilder().setText("Good.").setLanguage("en").build();
    try (TokenizerModels models = open(SENTIMENT, Optional.empty())) {
      models.prepare("sentiment", next);
      models.serve(
          Assignments.canaried(
              Assignments.configured("sentiment", first),
              new CanaryTrial(next, 1.0, Instant.EPOCH, 0.1, 0.1, 10L)),
          Set.of(first, next));

      Plans plans = models.messages().plan(message, new Origin("messages", 0, 0L), KEY);

      assertThat(((Planned) plans.live()).sequence().getModel()).isEqualTo(next);
      assertThat(plans.beside()).map(beside -> beside.getModel()).contains(first);
    }
  }

  @Test
  void aShadowReadsBesideTheModelThatServes() {
    PackageFolder.good(root.resolve("tiny/2.0.0"))
        .edit("\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    ModelRef first = new ModelRef("tiny", "1.0.0");
    ModelRef next = new ModelRef("tiny", "2.0.0");
    Message message = Message.newBuilder().setText("Good.").setLanguage("en").build();
    Message unreadable = Message.newBuilder().setText("Ciao.").setLanguage("it").build();
    try (TokenizerModels models = open(SENTIMENT, Optional.empty())) {
      models.prepare("sentiment", next);
      models.serve(
          Assignments.shadowed(
              Assignments.configured("sentiment", first),
              new ShadowTrial(next, 1.0, Instant.EPOCH)),
          Set.of(first, next));

      Plans plans = models.messages().plan(message, new Origin("messages", 0, 0L), KEY);
      Plans skipped = models.messages().plan(unreadable, new Origin("messages", 0, 1L), KEY);

      assertThat(((Planned) plans.live()).sequence().getModel()).isEqualTo(first);
      assertThat(plans.beside()).map(beside -> beside.getModel()).contains(next);
      assertThat(skipped.beside()).isEmpty();
    }
  }

  @Test
  void aPackageForAnotherTaskIsNotPrepared() {
    try (TokenizerModels models = open(SENTIMENT, Optional.empty())) {
      assertThatThrownBy(
              () -> models.prepare("sentiment", new ModelRef("tiny-translation", "1.0.0")))
          .hasMessage("tokenizer: tiny-translation@1.0.0, which is a package for translation");
    }
  }

  private static TranslationChoice choice(String target) {
    return new TranslationChoice(TRANSLATION, target);
  }

  private TokenizerModels open(ModelId sentiment, Optional<TranslationChoice> translation) {
    TokenizerConfig config =
        new TokenizerConfig(
            root,
            root.resolve("state"),
            sentiment,
            translation,
            List.of("en", "de"),
            new PlannerLimits(1 << 20, 4, false),
            1,
            Duration.ofMillis(50),
            BreakerOptions.OFF,
            Intake.OPEN,
            "t",
            HttpEndpoint.loopback(0, TokenizerConfig.ADMIN),
            false);
    return TokenizerModels.open(config, telemetry.health());
  }
}
