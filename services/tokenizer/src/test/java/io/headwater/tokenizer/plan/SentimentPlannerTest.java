package io.headwater.tokenizer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second hop: what follows a translation. The sentiment model reads English. */
class SentimentPlannerTest {
  private static final Origin ORIGIN = HealthyRecords.origin(42);
  private static final Origin POSITION = new Origin("scores.translation", 0, 7L);
  private static final List<String> BOTH = List.of("translation", "sentiment");
  private static final String GERMAN = "Das Hotel war laut.";

  private final SentimentPlanner planner = ShippedTokenizer.sentiment(PlannerLimits.defaults());

  @Test
  void aTranslationIsScoredWhereTheModelDoesNotReadTheOriginal() {
    Translation translation = translation("de", "en", GERMAN, "The hotel was loud.");
    translation.setLanguageDetected(true);
    translation.setExplain(true);

    TokenSequence sequence = planned(translation);

    assertThat(sequence.getMessageId()).isEqualTo("m-42");
    assertThat(sequence.getOrigin()).isEqualTo(ORIGIN);
    assertThat(sequence.getTask()).isEqualTo("sentiment");
    assertThat(sequence.getModel()).isEqualTo(new ModelRef("sentiment-e5-small-v2", "1.3.0"));
    assertThat(sequence.getTokenizerDigest()).isEqualTo(ShippedTokenizer.MODEL.tokenizerDigest());
    assertThat(sequence.getTextSource()).isEqualTo(TextSource.TRANSLATION);
    assertThat(sequence.getLanguage()).isEqualTo("de");
    assertThat(sequence.getLanguageDetected()).isTrue();
    assertThat(sequence.getExplain()).isTrue();
    assertThat(sequence.getPlannedTasks()).isEqualTo(BOTH);
    assertThat(sequence.getAskedTasks()).isEqualTo(BOTH);
    assertThat(sequence.getSentAt()).isEqualTo(translation.getSentAt());
    assertThat(sequence.getText()).isNull();
    assertThat(sequence.getTargetLanguage()).isNull();
    assertThat(covered(sequence, "The hotel was loud.")).isEqualTo("The hotel was loud.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // language | target | what the translator did | text that is scored | reason why none is
        "en|en|passed|ORIGINAL|",
        "en|de|translated|ORIGINAL|",
        "en|en|skipped|ORIGINAL|",
        "und|en|skipped|ORIGINAL|",
        "de|en|translated|TRANSLATION|",
        "de|en|skipped||no sentiment model reads language de",
        "de|ja|translated||no sentiment model reads language de",
        "de|de|passed||no sentiment model reads language de",
        "de|en|wrote nothing||the translation has no text"
      })
  void theOriginalIsScoredWhereTheModelReadsItElseTheTranslationElseNothing(
      String language,
      String target,
      String done,
      @Nullable TextSource source,
      @Nullable String reason) {
    Translation translation = translation(language, target, "The original.", "The translation.");
    switch (done) {
      case "passed" -> translation.setPassedThrough(true);
      case "skipped" -> {
        translation.setSkipReason("for a reason");
        translation.setText("");
      }
      case "wrote nothing" -> translation.setText(" ");
      default -> translation.setPassedThrough(false);
    }

    TokenSequence sequence = planned(translation);

    assertThat(sequence.getSkipReason()).isEqualTo(reason);
    assertThat(sequence.getLanguage()).isEqualTo(language);
    if (source == null) {
      assertThat(sequence.getSegments()).isEmpty();
      assertThat(sequence.getTokenCount()).isZero();
    } else {
      assertThat(sequence.getTextSource()).isEqualTo(source);
      String read = source == TextSource.ORIGINAL ? "The original." : "The translation.";
      assertThat(covered(sequence, read)).isEqualTo(read);
    }
  }

  @Test
  void sentimentThatWasNotAskedForIsNotDone() {
    Translation translation = translation("de", "en", GERMAN, "Loud.");
    translation.setAskedTasks(List.of("translation"));

    assertThat(planned(translation).getSkipReason()).isEqualTo("sentiment was not asked for");
  }

  @Test
  void theOriginalOfAnotherLanguageIsScoredWhereTheOperatorWantsIt() {
    SentimentPlanner eager = ShippedTokenizer.sentiment(new PlannerLimits(1 << 20, 32, true));
    Translation translation = translation("de", "en", GERMAN, "The hotel was loud.");

    TokenSequence sequence = ((Planned) eager.plan(translation, POSITION)).sequence();

    assertThat(sequence.getTextSource()).isEqualTo(TextSource.ORIGINAL);
    assertThat(covered(sequence, GERMAN)).isEqualTo(GERMAN);
  }

  @Test
  void aTranslationWithoutTheOriginalThatIsToBeReadIsRefused() {
    Translation translation = translation("en", "en", GERMAN, "x");
    translation.setSourceText(null);
    Translation needless = translation("de", "en", GERMAN, "The hotel was loud.");
    needless.setSourceText(null);

    assertThat(refused(translation)).isEqualTo(DeadLetterCause.MISSING_TEXT);
    assertThat(planned(needless).getSkipReason()).isNull();
  }

  @Test
  void aTranslationMayBeLongerThanAMessageWithinReason() {
    SentimentPlanner strict = ShippedTokenizer.sentiment(new PlannerLimits(10, 4, false));

    Tokenization longer = strict.plan(translation("de", "en", "x", "a".repeat(40)), POSITION);
    Tokenization beyond = strict.plan(translation("de", "en", "x", "a".repeat(41)), POSITION);

    assertThat(longer).isInstanceOf(Planned.class);
    assertThat(((Refused) beyond).cause()).isEqualTo(DeadLetterCause.TEXT_TOO_LONG);
  }

  @Test
  void aLanguageThatIsNoneIsTakenForUndetermined() {
    TokenSequence sequence = planned(translation("so called " + "x".repeat(99), "en", "Fine.", ""));

    assertThat(sequence.getLanguage()).isEqualTo("und");
    assertThat(planned(translation("DE", "en", "x", "y")).getLanguage()).isEqualTo("de");
    assertThat(planned(translation("pnb", "en", "x", "y")).getLanguage()).isEqualTo("pnb");
  }

  private TokenSequence planned(Translation translation) {
    return ((Planned) planner.plan(translation, POSITION)).sequence();
  }

  private DeadLetterCause refused(Translation translation) {
    return ((Refused) planner.plan(translation, POSITION)).cause();
  }

  private static Translation translation(String from, String to, String original, String text) {
    Translation translation = HealthyRecords.translation(ORIGIN, BOTH);
    translation.setSourceLanguage(from);
    translation.setTargetLanguage(to);
    translation.setSourceText(original);
    translation.setText(text);
    return translation;
  }

  private static String covered(TokenSequence sequence, String text) {
    assertThat(sequence.getSegments()).hasSize(1);
    TokenSegment segment = sequence.getSegments().get(0);
    int[] starts = TokenInts.unpack(segment.getStartOffsets());
    int[] ends = TokenInts.unpack(segment.getEndOffsets());
    return text.substring(starts[1], ends[ends.length - 2]);
  }
}
