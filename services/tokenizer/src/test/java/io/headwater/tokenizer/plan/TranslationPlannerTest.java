package io.headwater.tokenizer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first hop where messages are translated. The sentiment model reads English. */
class TranslationPlannerTest {
  private static final Origin ORIGIN = new Origin("messages", 3, 42L);
  private static final String GERMAN = "Das Hotel war laut. Wir kommen nicht wieder!";

  private final MessagePlanner planner = planner(16, "en", PlannerLimits.defaults());

  @Test
  void aGermanMessageBecomesOneSegmentASentence() {
    Message message = message("de", GERMAN).setSentAt(Instant.ofEpochMilli(5)).build();

    TokenSequence sequence = planned(message);

    assertThat(sequence.getMessageId()).isEqualTo("m-1");
    assertThat(sequence.getOrigin()).isEqualTo(ORIGIN);
    assertThat(sequence.getTask()).isEqualTo("translation");
    assertThat(sequence.getModel()).isEqualTo(new ModelRef("words", "1.0.0"));
    assertThat(sequence.getTokenizerDigest()).isEqualTo("dd");
    assertThat(sequence.getLanguage()).isEqualTo("de");
    assertThat(sequence.getTargetLanguage()).isEqualTo("en");
    assertThat(sequence.getText()).isEqualTo(GERMAN);
    assertThat(sequence.getTextSource()).isEqualTo(TextSource.ORIGINAL);
    assertThat(sequence.getPlannedTasks()).containsExactly("translation", "sentiment");
    assertThat(sequence.getAskedTasks()).containsExactlyInAnyOrder("translation", "sentiment");
    assertThat(sequence.getSentAt()).isEqualTo(Instant.ofEpochMilli(5));
    assertThat(sequence.getSkipReason()).isNull();
    assertThat(sequence.getTokenCount()).isEqualTo(14);
    assertThat(segments(sequence, GERMAN))
        .containsExactly("Das Hotel war laut.", "Wir kommen nicht wieder!");
    assertThat(sequence.getSegments())
        .extracting(TokenSegment::getFirstToken)
        .containsExactly(0, 6);
  }

  @Test
  void eachSegmentIsFramedByTheSpecialTokensOfItsLanguage() {
    TokenSequence german = planned(message("de", "Ja.").build());
    TokenSequence french = planned(message("fr", "Oui.").build());

    assertThat(ids(german.getSegments().get(0)))
        .startsWith(WordSource.GERMAN)
        .endsWith(1, 2)
        .hasSize(5);
    assertThat(ids(french.getSegments().get(0))).startsWith(WordSource.OTHER);
    assertThat(starts(german.getSegments().get(0))).containsExactly(-1, 0, 2, -1, -1);
  }

  @Test
  void aSentenceThatIsTooLongIsCutAtWhiteSpaceIntoSegmentsThatFit() {
    String text = "so und ".repeat(100).strip() + ".";

    TokenSequence sequence = planned(message("de", text).build());

    assertThat(sequence.getSegments()).hasSizeGreaterThan(10);
    assertThat(sequence.getSegments()).allSatisfy(s -> assertThat(ids(s)).hasSizeBetween(4, 16));
    assertThat(sequence.getTokenCount()).isEqualTo(201);
    assertThat(String.join(" ", segments(sequence, text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // language | tasks | target | reason why it is not translated
        "de|||",
        "de|translation||",
        "de|sentiment||",
        "de||zh-Hant|",
        "de||zh-Hant-TW|",
        "de||zh_Hant|",
        "de|sentiment|zh-Hant|translation was not asked for",
        "en|||",
        "en|sentiment||translation was not asked for",
        "und-x|||the language could not be told",
        "und-x|sentiment||translation was not asked for",
        "it|||no translation model reads language it",
        "it|sentiment||no translation model reads language it",
        "de||ja|no translation model for de to ja",
        "fr||zh-Hant|no translation model for fr to zh-Hant",
        "en||de|no translation model reads language en",
        "de||nonsense|the target language that was asked for does not exist",
        "de|sentiment|nonsense|translation was not asked for",
        "de|none||translation was not asked for"
      })
  void aMessageIsTranslatedWhereItNeedsToBeAndCanBeAndElseSaysWhyNot(
      String language, @Nullable String tasks, @Nullable String target, @Nullable String reason) {
    String text = language.equals("und-x") ? "12 345 !" : "Ja, das ist es.";
    Message.Builder message = message(language, text).setTargetLanguage(target);
    if (tasks != null) {
      message.setTasks(tasks.equals("none") ? List.of() : List.of(tasks));
    }

    TokenSequence sequence = planned(message.build());

    assertThat(sequence.getSkipReason()).isEqualTo(reason);
    boolean isTranslated = reason == null && !language.equals("en");
    assertThat(sequence.getSegments()).hasSize(isTranslated ? 1 : 0);
    assertThat(sequence.getText()).isEqualTo(text);
    assertThat(sequence.getPlannedTasks()).containsExactly("translation", "sentiment");
  }

  @Test
  void aMessageInTheTargetLanguagePassesThroughWithoutSegments() {
    TokenSequence english = planned(message("en", "A good day.").build());
    TokenSequence german =
        planned(message("de", "Ein guter Tag.").setTargetLanguage("de-AT").build());

    assertThat(english.getSegments()).isEmpty();
    assertThat(english.getSkipReason()).isNull();
    assertThat(english.getTargetLanguage()).isEqualTo("en");
    assertThat(german.getSegments()).isEmpty();
    assertThat(german.getSkipReason()).isNull();
    assertThat(german.getTargetLanguage()).isEqualTo("de");
  }

  @Test
  void whereAllLanguagesAreScoredAsTheyAreSentimentNeedsNoTranslation() {
    MessagePlanner eager = planner(16, "en", new PlannerLimits(1 << 20, 32, true));

    TokenSequence sequence =
        planned(eager, message("de", GERMAN).setTasks(List.of("sentiment")).build());

    assertThat(sequence.getSkipReason()).isEqualTo("translation was not asked for");
  }

  @Test
  void aTextWithoutTokensIsNotTranslated() {
    TokenSequence empty = planned(message("de", " \n ").build());

    assertThat(empty.getSkipReason()).isEqualTo("there is nothing to translate");
    assertThat(empty.getText()).isEqualTo(" \n ");
  }

  @Test
  void offsetsPointIntoTheTextAsItWasWritten() {
    String text = Normalizer.normalize("\uFEFFSchön\u0000! Tschüß, café.", Normalizer.Form.NFD);

    TokenSequence sequence = planned(message("de", text).build());

    assertThat(segments(sequence, text)).containsExactly(nfd("Schön\u0000!"), nfd("Tschüß, café."));
    assertThat(sequence.getText()).isEqualTo(text);
  }

  @Property(tries = 200)
  void everySegmentFitsAndIsInItsPlace(@ForAll @StringLength(max = 200) String text) {
    TokenSequence sequence = planned(message("de", text).build());

    int first = 0;
    int last = 0;
    for (TokenSegment segment : sequence.getSegments()) {
      int[] starts = starts(segment);
      assertThat(starts.length).isBetween(4, 16);
      assertThat(segment.getFirstToken()).isEqualTo(first);
      // Tokens of letters that were normalised together lie in the same place.
      assertThat(starts[1]).isBetween(last, text.length());
      first += starts.length - 3;
      last = starts[starts.length - 3];
    }
    assertThat(sequence.getTokenCount()).isEqualTo(first);
  }

  @Test
  void theSameMessageGivesTheSameSequence() {
    Message message = message("de", GERMAN.repeat(50)).build();

    assertThat(planned(planner(16, "en", PlannerLimits.defaults()), message))
        .isEqualTo(planned(message))
        .isEqualTo(planned(message));
  }

  @Test
  void messagesThatNobodyCanProcessAreRefusedAsWithoutTranslation() {
    Message strange = message("de", "x").setTasks(List.of("poetry")).build();
    MessagePlanner strict = planner(16, "en", new PlannerLimits(10, 4, false));

    assertThat(refused(planner, strange)).isEqualTo(DeadLetterCause.UNKNOWN_TASK);
    assertThat(refused(strict, message("de", GERMAN).build()))
        .isEqualTo(DeadLetterCause.TEXT_TOO_LONG);
  }

  @Test
  void theUsualTargetIsALanguage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> planner(16, "nonsense", PlannerLimits.defaults()));
  }

  private static MessagePlanner planner(int maxTokens, String target, PlannerLimits limits) {
    SentimentPlanner sentiment = ShippedTokenizer.sentiment(limits);
    return new MessagePlanner(
        sentiment,
        Optional.of(new TranslationPlanner(new WordSource(maxTokens), sentiment, target)),
        ShippedTokenizer.languages(),
        limits);
  }

  private TokenSequence planned(Message message) {
    return planned(planner, message);
  }

  private static TokenSequence planned(MessagePlanner planner, Message message) {
    return ((Planned) planner.plan(message, ORIGIN)).sequence();
  }

  private static DeadLetterCause refused(MessagePlanner planner, Message message) {
    return ((Refused) planner.plan(message, ORIGIN)).cause();
  }

  private static Message.Builder message(String language, String text) {
    return Message.newBuilder().setId("m-1").setText(text).setLanguage(language);
  }

  /** What each segment's own tokens cover. */
  private static List<String> segments(TokenSequence sequence, String text) {
    return sequence.getSegments().stream()
        .map(
            segment -> {
              int[] starts = starts(segment);
              int[] ends = TokenInts.unpack(segment.getEndOffsets());
              return text.substring(starts[1], ends[starts.length - 3]);
            })
        .toList();
  }

  private static int[] ids(TokenSegment segment) {
    return TokenInts.unpack(segment.getTokenIds());
  }

  private static int[] starts(TokenSegment segment) {
    return TokenInts.unpack(segment.getStartOffsets());
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }
}
