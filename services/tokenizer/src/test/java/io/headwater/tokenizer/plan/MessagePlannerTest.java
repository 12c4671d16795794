package io.headwater.tokenizer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TokenInts;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePlannerTest {
  private static final Origin ORIGIN = new Origin("messages", 3, 42L);
  private static final String ENGLISH = "The film was good and the people were kind.";
  private static final String GERMAN = "Das Hotel war leider sehr laut und das Frühstück schlecht.";

  private final MessagePlanner planner = ShippedTokenizer.planner(PlannerLimits.defaults());

  @Test
  void anEnglishMessageBecomesTokensStampedWithTheirModel() {
    Message message = message(ENGLISH).setSentAt(Instant.ofEpochMilli(5)).build();

    TokenSequence sequence = planned(message);

    assertThat(sequence.getMessageId()).isEqualTo("m-1");
    assertThat(sequence.getOrigin()).isEqualTo(ORIGIN);
    assertThat(sequence.getTask()).isEqualTo("sentiment");
    assertThat(sequence.getModel()).isEqualTo(new ModelRef("sentiment-e5-small-v2", "1.3.0"));
    assertThat(sequence.getTokenizerDigest()).isEqualTo(ShippedTokenizer.MODEL.tokenizerDigest());
    assertThat(sequence.getLanguage()).isEqualTo("en");
    assertThat(sequence.getLanguageDetected()).isTrue();
    assertThat(sequence.getPlannedTasks()).containsExactly("sentiment");
    assertThat(sequence.getSentAt()).isEqualTo(Instant.ofEpochMilli(5));
    assertThat(sequence.getSkipReason()).isNull();
    assertThat(sequence.getTokenCount()).isEqualTo(10);
    assertThat(words(sequence, ENGLISH))
        .containsExactly("The", "film", "was", "good", "and", "the", "people", "were", "kind", ".");
  }

  @Test
  void offsetsPointToTheWordsAsTheyWereWritten() {
    String text =
        Normalizer.normalize("Müller's café 👍🏽 wasn't\u0000 naïve", Normalizer.Form.NFD);

    TokenSequence sequence = planned(message(text).setLanguage("en").build());

    List<String> words = words(sequence, text);
    assertThat(words).contains("wasn", "t", nfd("café"));
    assertThat(String.join("", words)).contains(nfd("Müller")).endsWith(nfd("naïve"));
    assertThat(words).allSatisfy(word -> assertThat(word).doesNotContain("\u0000"));
  }

  @Property(tries = 60)
  void everyOffsetLiesInTheText(@ForAll String text) {
    TokenSequence sequence = planned(message(text).setLanguage("en").build());

    for (TokenSegment segment : sequence.getSegments()) {
      int[] starts = ints(segment.getStartOffsets());
      int[] ends = ints(segment.getEndOffsets());
      int previous = 0;
      for (int i = 0; i < starts.length; i++) {
        if (starts[i] >= 0) {
          assertThat(starts[i]).isBetween(previous, ends[i]);
          assertThat(ends[i]).isLessThanOrEqualTo(text.length());
          previous = starts[i];
        } else {
          assertThat(ends[i]).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void aMessageInAnotherLanguageIsPassedOnWithAReason() {
    TokenSequence sequence = planned(message(GERMAN).build());

    assertThat(sequence.getLanguage()).isEqualTo("de");
    assertThat(sequence.getSkipReason()).isEqualTo("no sentiment model reads language de");
    assertThat(sequence.getSegments()).isEmpty();
    assertThat(sequence.getTokenCount()).isZero();
  }

  @Test
  void aMessageInAnotherLanguageIsScoredWhereTheOperatorWantsIt() {
    MessagePlanner eager = ShippedTokenizer.planner(new PlannerLimits(1 << 20, 32, true));

    TokenSequence sequence = planned(eager, message(GERMAN).build());

    assertThat(sequence.getSkipReason()).isNull();
    assertThat(sequence.getSegments()).hasSize(1);
  }

  @Test
  void aSampleByOffsetIsExplainedAndWhoAsksAlways() {
    MessagePlanner curious = ShippedTokenizer.planner(new PlannerLimits(1 << 20, 32, true, 4));
    Message silent = message(ENGLISH).build();
    Message asking = message(ENGLISH).setExplain(true).build();

    List<Boolean> explained = new ArrayList<>();
    for (long offset = 0; offset < 6; offset++) {
      explained.add(explains(curious.plan(silent, new Origin("messages", 0, offset))));
    }

    assertThat(explained).containsExactly(true, false, false, false, true, false);
    assertThat(explains(curious.plan(asking, new Origin("messages", 0, 1L)))).isTrue();
  }

  private static boolean explains(Tokenization tokenization) {
    return ((Tokenization.Planned) tokenization).sequence().getExplain();
  }

  @ParameterizedTest
  @CsvSource({"en-US,en", "EN,en", "de_AT,de", "eng,en", "deu,de", "zh-Hant-TW,zh", "fil,fil"})
  void aNamedLanguageWinsOverDetection(String tag, String language) {
    TokenSequence sequence = planned(message("La vie est belle").setLanguage(tag).build());

    assertThat(sequence.getLanguage()).isEqualTo(language);
    assertThat(sequence.getLanguageDetected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "und", "!!!", "nonsense", "english", "xx", "x-mine", "é"})
  void aTagThatNamesNoLanguageIsNoReasonNotToLook(String tag) {
    TokenSequence sequence = planned(message(ENGLISH).setLanguage(tag).build());

    assertThat(sequence.getLanguage()).isEqualTo("en");
    assertThat(sequence.getLanguageDetected()).isTrue();
  }

  @Test
  void onlyTasksThatAreAskedForAreDone() {
    TokenSequence asked = planned(message(ENGLISH).setTasks(List.of("sentiment")).build());
    TokenSequence other = planned(message(ENGLISH).setTasks(List.of("translation")).build());
    TokenSequence none = planned(message(ENGLISH).setTasks(List.of()).build());

    assertThat(asked.getSkipReason()).isNull();
    assertThat(other.getSkipReason()).isEqualTo("sentiment was not asked for");
    assertThat(none.getSkipReason()).isEqualTo("sentiment was not asked for");
  }

  @Test
  void anUnknownTaskIsRefused() {
    Tokenization outcome =
        planner.plan(message(ENGLISH).setTasks(List.of("sentiment", "poetry")).build(), ORIGIN);

    assertThat(refused(outcome).cause()).isEqualTo(DeadLetterCause.UNKNOWN_TASK);
  }

  @ParameterizedTest
  @CsvSource({"10,aaaaaaaaaa,true", "10,aaaaaaaaaaa,false", "10,日本語a,true", "10,日本語é,false"})
  void textIsMeasuredInBytesOfUtf8(int limit, String text, boolean accepted) {
    MessagePlanner strict = ShippedTokenizer.planner(new PlannerLimits(limit, 32, true));

    Tokenization outcome = strict.plan(message(text).build(), ORIGIN);

    if (accepted) {
      assertThat(outcome).isInstanceOf(Planned.class);
    } else {
      assertThat(refused(outcome).cause()).isEqualTo(DeadLetterCause.TEXT_TOO_LONG);
      assertThat(refused(outcome).detail()).doesNotContain(text);
    }
  }

  @Test
  void aTextOfTenMebibytesIsRefusedAndOneOfOneMebibyteIsRead() {
    String long10 = "a".repeat(10 << 20);
    String long1 = "good day ".repeat((1 << 20) / 9);

    assertThat(refused(planner.plan(message(long10).build(), ORIGIN)).cause())
        .isEqualTo(DeadLetterCause.TEXT_TOO_LONG);
    assertThat(planned(message(long1).setLanguage("en").build()).getTokenCount())
        .isEqualTo(2 * ((1 << 20) / 9));
  }

  @Test
  void aLongTextIsReadWholeInOverlappingSegments() {
    String text = "wonderful ".repeat(3_000);

    TokenSequence sequence = planned(message(text).setLanguage("en").build());

    assertThat(sequence.getTokenCount()).isEqualTo(3_000);
    assertThat(sequence.getSegments()).hasSizeGreaterThan(1);
    BitSet covered = new BitSet();
    int previousEnd = 32;
    for (TokenSegment segment : sequence.getSegments()) {
      int[] ids = ints(segment.getTokenIds());
      int own = ids.length - 2;
      // 3,000 and 6 overlaps of 32, in 7 segments of at most 510 tokens and two special ones.
      assertThat(ids).hasSize(456 + 2);
      assertThat(segment.getFirstToken()).isLessThanOrEqualTo(previousEnd - 32);
      int[] starts = ints(segment.getStartOffsets());
      for (int i = 0; i < own; i++) {
        assertThat(starts[i + 1]).isEqualTo((segment.getFirstToken() + i) * 10);
      }
      covered.set(segment.getFirstToken(), segment.getFirstToken() + own);
      previousEnd = segment.getFirstToken() + own;
    }
    assertThat(covered.cardinality()).isEqualTo(3_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aMessageWithoutIdIsNamedByItsPlace(String id) {
    TokenSequence sequence = planned(message(ENGLISH).setId(id).build());

    assertThat(sequence.getMessageId()).isEqualTo("messages-3-42");
  }

  @Test
  void theSameMessageGivesTheSameSequence() {
    Message message = message("Isn't it \u0301 lovely? 😀 ".repeat(400)).build();
    MessagePlanner another = ShippedTokenizer.planner(PlannerLimits.defaults());

    assertThat(planned(another, message)).isEqualTo(planned(message)).isEqualTo(planned(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000\uFEFF"})
  void anEmptyTextIsOneSegmentOfSpecialTokens(String text) {
    TokenSequence sequence = planned(message(text).build());

    assertThat(sequence.getLanguage()).isEqualTo("und");
    assertThat(sequence.getSkipReason()).isNull();
    assertThat(sequence.getTokenCount()).isZero();
    assertThat(sequence.getSegments()).hasSize(1);
    assertThat(ints(sequence.getSegments().get(0).getTokenIds())).containsExactly(101, 102);
  }

  @ParameterizedTest
  @ValueSource(strings = {"👍🏽🎉", "\uD83D alone \uDE00", "؟؟؟ ‏!!", "http://t.co/x"})
  void oddTextsAreTokenizedLikeOthers(String text) {
    TokenSequence sequence = planned(message(text).setLanguage("en").build());

    assertThat(sequence.getSegments()).hasSize(1);
    assertThat(sequence.getTokenCount()).isPositive();
  }

  private static Message.Builder message(String text) {
    return Message.newBuilder().setId("m-1").setText(text);
  }

  private TokenSequence planned(Message message) {
    return planned(planner, message);
  }

  private static TokenSequence planned(MessagePlanner planner, Message message) {
    Tokenization outcome = planner.plan(message, ORIGIN);
    assertThat(outcome).isInstanceOf(Planned.class);
    return ((Planned) outcome).sequence();
  }

  private static Refused refused(Tokenization outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }

  /** What the tokens of the only segment point to, without special tokens. */
  private static List<String> words(TokenSequence sequence, String text) {
    assertThat(sequence.getSegments()).hasSize(1);
    TokenSegment segment = sequence.getSegments().get(0);
    int[] starts = ints(segment.getStartOffsets());
    int[] ends = ints(segment.getEndOffsets());
    List<String> words = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] >= 0) {
        words.add(text.substring(starts[i], ends[i]));
      }
    }
    return words;
  }

  private static int[] ints(ByteBuffer packed) {
    return TokenInts.unpack(packed);
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }
}
