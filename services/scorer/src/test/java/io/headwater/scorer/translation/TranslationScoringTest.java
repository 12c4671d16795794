package io.headwater.scorer.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.ModelRef;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.translation.Hypothesis;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.Scoring.Failed;
import io.headwater.scorer.task.Scoring.Scored;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TranslationScoringTest {
  private static final String CULPRIT = "Das " + FakeTranslator.CULPRIT + " hier.";

  private final FakeTranslator model = new FakeTranslator();

  @Test
  void theResultAtAnIndexBelongsToTheSequenceAtThatIndex() {
    List<TokenSequence> unit =
        List.of(
            TextSequences.of("a", "Kurz."),
            TextSequences.of("b", "Das ist etwas länger.", " ", "Ja."),
            TextSequences.of("c", "Mittel."));

    List<Scoring<Translation>> results = scoring(20).score(unit);

    assertThat(results)
        .extracting(result -> translation(result).getText())
        .containsExactly("Kurz.", "Das ist etwas länger. Ja.", "Mittel.");
    for (int i = 0; i < unit.size(); i++) {
      assertThat(results.get(i)).isEqualTo(alone(unit.get(i)));
    }
  }

  @Test
  void aTranslationSaysWhatMadeItAndOfWhat() {
    TokenSequence sequence =
        TextSequences.of("a", "\t", "Eins.", "\n\n", "Zwei" + FakeTranslator.ENDLESS, " ");
    sequence.setSentAt(Instant.ofEpochMilli(9));

    Translation translation = translation(alone(sequence));

    assertThat(translation.getText()).isEqualTo("\tEins.\n\nZwei" + FakeTranslator.ENDLESS + " ");
    assertThat(translation.getSourceText()).isEqualTo(sequence.getText());
    assertThat(translation.getMessageId()).isEqualTo("a");
    assertThat(translation.getOrigin()).isEqualTo(sequence.getOrigin());
    assertThat(translation.getModel()).isEqualTo(TextSequences.FAKE);
    assertThat(translation.getProvenance().getModelDigest())
        .isEqualTo("digest-of-fake-translation");
    assertThat(translation.getSourceLanguage()).isEqualTo("de");
    assertThat(translation.getLanguageDetected()).isTrue();
    assertThat(translation.getTargetLanguage()).isEqualTo("en");
    assertThat(translation.getPassedThrough()).isFalse();
    assertThat(translation.getSkipReason()).isNull();
    assertThat(translation.getLogProbability()).isEqualTo(-5.0);
    assertThat(translation.getTokenCount()).isEqualTo(10);
    assertThat(translation.getSourceTokenCount()).isEqualTo(10);
    assertThat(translation.getSegmentCount()).isEqualTo(2);
    assertThat(translation.getHitLengthLimit()).isTrue();
    assertThat(translation.getPlannedTasks()).containsExactly("translation", "sentiment");
    assertThat(translation.getAskedTasks()).containsExactly("sentiment");
    assertThat(translation.getSentAt()).isEqualTo(Instant.ofEpochMilli(9));
    assertThat(translation.getAlignments()).isEmpty();
  }

  @Test
  void whatIsSkippedOrInTheTargetLanguageOrBlankIsAnsweredWithoutAModel() {
    TokenSequence skipped = TextSequences.of("a");
    skipped.setText("Bonjour.");
    skipped.setSkipReason("no translation model reads language fr");
    skipped.setModel(new ModelRef("nobody", "0.1.0"));
    skipped.setTargetLanguage(null);
    TokenSequence english = TextSequences.of("b");
    english.setText(" Hello.\n");
    english.setLanguage("en");
    english.setTargetLanguage("en-GB");
    TokenSequence blank = TextSequences.of("c", " \n ");

    List<Scoring<Translation>> results = scoring(100).score(List.of(skipped, english, blank));

    Translation first = translation(results.get(0));
    assertThat(first.getSkipReason()).isEqualTo("no translation model reads language fr");
    assertThat(first.getText()).isEmpty();
    assertThat(first.getSourceText()).isEqualTo("Bonjour.");
    assertThat(first.getPassedThrough()).isFalse();
    Translation second = translation(results.get(1));
    assertThat(second.getPassedThrough()).isTrue();
    assertThat(second.getText()).isEqualTo(" Hello.\n").isEqualTo(second.getSourceText());
    assertThat(second.getProvenance().getModelDigest()).isEmpty();
    Translation third = translation(results.get(2));
    assertThat(third.getText()).isEqualTo(" \n ");
    assertThat(third.getPassedThrough()).isFalse();
    assertThat(model.calls()).isEmpty();
  }

  @Test
  void aCallThatFailsIsHalvedRecordByRecordUntilTheCulpritStandsAlone() {
    List<TokenSequence> unit = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      unit.add(TextSequences.of("m" + i, "Satz " + i + ".", " ", i == 5 ? CULPRIT : "Noch einer."));
    }

    List<Scoring<Translation>> results = scoring(10_000).score(unit);

    for (int i = 0; i < 8; i++) {
      if (i == 5) {
        assertThat(failed(results.get(i)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
        assertThat(failed(results.get(i)).detail()).contains("cannot translate this");
      } else {
        assertThat(results.get(i)).isEqualTo(alone(unit.get(i)));
      }
    }
    assertThat(model.calls()).startsWith(16, 8, 8, 4, 2, 2, 4);
  }

  @Test
  void whatIsLeftOfARecordThatHasFailedIsNotTranslated() {
    String[] parts = new String[40];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = i % 2 == 1 ? " " : i == 4 ? CULPRIT : "Ein Satz.";
    }

    Scoring<Translation> result = scoring(22).score(List.of(TextSequences.of("a", parts))).get(0);

    assertThat(failed(result).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
    assertThat(model.calls()).hasSizeLessThan(4);
  }

  @Test
  void whatIsNotANumberFailsItsOwnRecordOnly() {
    List<Scoring<Translation>> results =
        scoring(10_000)
            .score(
                List.of(
                    TextSequences.of("a", "Eins."),
                    TextSequences.of("b", "Zwei.", " ", "Nichts" + FakeTranslator.NO_NUMBER),
                    TextSequences.of("c", "Drei.")));

    assertThat(results.get(0)).isInstanceOf(Scored.class);
    assertThat(failed(results.get(1)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
    assertThat(failed(results.get(1)).detail()).contains("not a number");
    assertThat(results.get(2)).isInstanceOf(Scored.class);
    assertThat(model.calls()).containsExactly(4);
  }

  @Test
  void anEmptyTranslationIsOne() {
    Translation translation =
        translation(alone(TextSequences.of("a", "Eins." + FakeTranslator.NOTHING, "\n", "Zwei.")));

    assertThat(translation.getText()).isEqualTo("\nZwei.");
    assertThat(translation.getTokenCount()).isEqualTo(5);
  }

  @Test
  void anotherNumberOfTranslationsThanSegmentsIsAFailure() {
    SegmentTranslator broken =
        new FakeTranslator() {
          @Override
          public List<Hypothesis> translate(
              List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
            return List.of();
          }
        };

    List<Scoring<Translation>> results =
        scoring(broken, 100)
            .score(List.of(TextSequences.of("a", "Eins."), TextSequences.of("b", "Zwei.")));

    assertThat(results)
        .extracting(result -> failed(result).cause())
        .containsOnly(DeadLetterCause.MODEL_FAILURE);
  }

  @Test
  void whatThePulseThrowsComesOutAsItIsAndIsNoFailureOfTheModel() {
    IllegalStateException lost = new IllegalStateException("the group has moved partitions");
    int[] pulses = {0};

    assertThatThrownBy(
            () ->
                scoring(10_000)
                    .score(
                        List.of(TextSequences.of("a", "Eins."), TextSequences.of("b", "Zwei.")),
                        () -> {
                          if (++pulses[0] == 3) {
                            throw lost;
                          }
                        }))
        .isSameAs(lost);
    assertThat(model.calls()).containsExactly(2);
  }

  @Test
  void tokensOfAnUnknownModelFailAndTheOthersAreTranslated() {
    TokenSequence stray = TextSequences.of("a", "Eins.");
    stray.setModel(new ModelRef("nobody", "0.1.0"));

    List<Scoring<Translation>> results =
        scoring(100).score(List.of(stray, TextSequences.of("b", "Zwei.")));

    assertThat(failed(results.get(0)))
        .isEqualTo(new Failed<>(DeadLetterCause.UNKNOWN_MODEL, "there is no nobody@0.1.0"));
    assertThat(results.get(1)).isInstanceOf(Scored.class);
  }

  @Test
  void tokensThatDoNotFitTheModelOrTheTextAreRefusedBeforeItSeesThem() {
    TokenSequence elsewhere = TextSequences.of("digest", "Eins.");
    elsewhere.setTokenizerDigest("another");
    TokenSequence outside = TextSequences.of("outside", "Eins.");
    outside.setText("Ein");
    TokenSequence nowhere = TextSequences.of("no language", "Eins.");
    nowhere.setTargetLanguage(null);
    TokenSequence backwards = TextSequences.of("direction", "One.");
    backwards.setLanguage("en");
    backwards.setTargetLanguage("de");
    TokenSequence withoutSegments = TextSequences.of("no segments");
    withoutSegments.setText("Eins.");
    TokenSequence odd = TextSequences.of("odd", "Eins.");
    odd.getSegments().get(0).setTokenIds(ByteBuffer.allocate(7));
    TokenSequence foreign = TextSequences.of("vocabulary", "Eins.");
    foreign.getSegments().get(0).setTokenIds(ids(0, 1, 2, 3, 4, 5, TextSequences.VOCABULARY));
    List<TokenSequence> unit =
        List.of(
            elsewhere,
            outside,
            nowhere,
            backwards,
            withoutSegments,
            odd,
            foreign,
            TextSequences.of("too long", "x".repeat(TextSequences.MAX_TOKENS - 1)),
            TextSequences.of("healthy", "x".repeat(TextSequences.MAX_TOKENS - 2)));

    List<Scoring<Translation>> results = scoring(100).score(unit);

    assertThat(results.subList(0, 8))
        .allSatisfy(
            result -> {
              assertThat(failed(result).cause()).isEqualTo(DeadLetterCause.INVALID_TOKENS);
              assertThat(failed(result).detail()).isNotBlank();
            });
    assertThat(results.get(8)).isInstanceOf(Scored.class);
    assertThat(model.calls()).containsExactly(1);
  }

  @Test
  void aSequenceWithoutItsTextCannotBeLaidOut() {
    TokenSequence lost = TextSequences.of("a", "Eins.");
    lost.setText(null);

    assertThat(failed(alone(lost)).cause()).isEqualTo(DeadLetterCause.MISSING_TEXT);
  }

  @Test
  void aLongTextIsTranslatedInCallsOfBoundedSizeWithPulsesBetween() {
    String[] parts = new String[20_000];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = i % 2 == 1 ? "\n" : "Satz Nummer " + i + ".";
    }
    int[] pulses = {0};

    Scoring<Translation> result =
        scoring(1_000).score(List.of(TextSequences.of("a", parts)), () -> pulses[0]++).get(0);

    assertThat(translation(result).getText()).isEqualTo(String.join("", parts));
    assertThat(model.calls()).allSatisfy(size -> assertThat(size).isBetween(1, 1_000 / 14));
    assertThat(pulses[0]).isGreaterThan(10_000);
  }

  @Property(tries = 200)
  void exactlyTheCulpritsFailAndTheOthersGetTheTranslationThatTheyGetAlone(
      @ForAll @Size(max = 25) List<@IntRange(min = 1, max = 6) Integer> sentences,
      @ForAll @IntRange(min = 1, max = 400) int callTokens,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<TokenSequence> unit = new ArrayList<>();
    List<Boolean> healthy = new ArrayList<>();
    for (int count : sentences) {
      boolean culprit = random.nextInt(6) == 0;
      healthy.add(!culprit);
      unit.add(sequence("m" + unit.size(), count, culprit, random));
    }

    List<Scoring<Translation>> results = scoring(callTokens).score(unit);

    assertThat(results).hasSameSizeAs(unit);
    for (int i = 0; i < unit.size(); i++) {
      if (healthy.get(i)) {
        assertThat(results.get(i)).isEqualTo(alone(unit.get(i)));
        assertThat(translation(results.get(i)).getText()).isEqualTo(unit.get(i).getText());
      } else {
        assertThat(failed(results.get(i)).cause()).isEqualTo(DeadLetterCause.MODEL_FAILURE);
      }
    }
  }

  private static TokenSequence sequence(String id, int count, boolean culprit, Random random) {
    String[] parts = new String[2 * count + 1];
    int bad = culprit ? random.nextInt(count) : -1;
    for (int i = 0; i < parts.length; i++) {
      boolean edge = i == 0 || i == parts.length - 1;
      String[] gaps = edge ? new String[] {"", "\n"} : new String[] {" ", "\n\n", "  "};
      String word = "x".repeat(1 + random.nextInt(40));
      parts[i] =
          i % 2 == 0
              ? gaps[random.nextInt(gaps.length)]
              : i / 2 == bad ? word + FakeTranslator.CULPRIT : word;
    }
    TokenSequence sequence = TextSequences.of(id, parts);
    sequence.setExplain(random.nextBoolean());
    sequence.setTargetLanguage(random.nextBoolean() ? "en" : "fr");
    return sequence;
  }

  private TranslationScoring scoring(int callTokens) {
    return scoring(model, callTokens);
  }

  private static TranslationScoring scoring(SegmentTranslator translator, int callTokens) {
    return new TranslationScoring(
        ref -> {
          if (!ref.equals(TextSequences.FAKE)) {
            throw new UnknownModelException(
                "there is no %s@%s".formatted(ref.getId(), ref.getVersion()));
          }
          return TextSequences.loaded(ref, translator);
        },
        callTokens,
        TranslationObserver.NONE);
  }

  private static Scoring<Translation> alone(TokenSequence sequence) {
    return scoring(new FakeTranslator(), 10_000).score(List.of(sequence)).get(0);
  }

  private static Translation translation(Scoring<Translation> result) {
    assertThat(result).isInstanceOf(Scored.class);
    return ((Scored<Translation>) result).result();
  }

  private static Failed<Translation> failed(Scoring<Translation> result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed<Translation>) result;
  }

  private static ByteBuffer ids(int... ids) {
    return TokenInts.pack(ids);
  }
}
