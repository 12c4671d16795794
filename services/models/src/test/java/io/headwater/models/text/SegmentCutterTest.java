package io.headwater.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SegmentCutterTest {

  private static final int[] BEFORE = {101};
  private static final int[] AFTER = {102};

  @Property
  void losesNoTokenAndKeepsItsPlaceInTheText(
      @ForAll @IntRange(min = 0, max = 2000) int length,
      @ForAll @IntRange(min = 8, max = 600) int maxTokens,
      @ForAll @IntRange(min = 0, max = 5) int overlap) {
    TokenizedText text = text(length);

    List<Segment> segments = new SegmentCutter(BEFORE, AFTER, maxTokens, overlap).cut(text);

    BitSet seen = new BitSet();
    for (Segment segment : segments) {
      int own = segment.ids().length - 2;
      assertThat(segment.ids().length).isLessThanOrEqualTo(maxTokens);
      for (int i = 0; i < own; i++) {
        int token = segment.firstToken() + i;
        assertThat(segment.ids()[i + 1]).isEqualTo(text.ids()[token]);
        assertThat(segment.starts()[i + 1]).isEqualTo(text.starts()[token]);
        assertThat(segment.ends()[i + 1]).isEqualTo(text.ends()[token]);
        seen.set(token);
      }
    }
    assertThat(seen.cardinality()).isEqualTo(length);
  }

  @Property
  void neighboursShareAtLeastTheOverlap(
      @ForAll @IntRange(min = 0, max = 2000) int length,
      @ForAll @IntRange(min = 8, max = 600) int maxTokens,
      @ForAll @IntRange(min = 0, max = 5) int overlap) {
    List<Segment> segments = new SegmentCutter(BEFORE, AFTER, maxTokens, overlap).cut(text(length));

    for (int i = 1; i < segments.size(); i++) {
      Segment before = segments.get(i - 1);
      int shared = before.firstToken() + before.ids().length - 2 - segments.get(i).firstToken();
      assertThat(shared).isBetween(overlap, maxTokens - 3);
    }
  }

  @Property
  void segmentsAreAsFewAsCanBeAndAllOfOneLength(
      @ForAll @IntRange(min = 0, max = 2000) int length,
      @ForAll @IntRange(min = 8, max = 600) int maxTokens,
      @ForAll @IntRange(min = 0, max = 5) int overlap) {
    List<Segment> segments = new SegmentCutter(BEFORE, AFTER, maxTokens, overlap).cut(text(length));

    int own = segments.get(0).ids().length - 2;
    assertThat(segments).allSatisfy(segment -> assertThat(segment.ids()).hasSize(own + 2));
    // One less of the longest could not hold the text, and with tokens less in each they do not.
    int others = segments.size() - 1;
    if (others > 0) {
      assertThat(others * (maxTokens - 2) - (others - 1) * overlap).isLessThan(length);
    }
    assertThat(segments.size() * (own - 1) - others * overlap).isLessThan(Math.max(1, length));
  }

  @Test
  void aTextALittleLongerThanTwoSegmentsIsCutIntoThirds() {
    List<Segment> segments = new SegmentCutter(BEFORE, AFTER, 12, 2).cut(text(20));

    assertThat(segments).extracting(Segment::firstToken).containsExactly(0, 6, 12);
    assertThat(segments).allSatisfy(segment -> assertThat(segment.ids()).hasSize(10));
  }

  @Test
  void theBeginningIsAsMuchAsFits() {
    SegmentCutter cutter = new SegmentCutter(BEFORE, AFTER, 12, 2);

    assertThat(cutter.first(text(20)).ids()).hasSize(12).startsWith(101, 1000, 1001);
    assertThat(cutter.first(text(3)).ids()).containsExactly(101, 1000, 1001, 1002, 102);
  }

  @Test
  void leavesAShortTextInOnePiece() {
    assertThat(new SegmentCutter(BEFORE, AFTER, 8, 2).cut(text(6))).hasSize(1);
  }

  @Test
  void givesSpecialTokensOnlyForAnEmptyText() {
    List<Segment> segments = new SegmentCutter(BEFORE, AFTER, 8, 2).cut(text(0));

    assertThat(segments).hasSize(1);
    assertThat(segments.get(0).ids()).containsExactly(101, 102);
    assertThat(segments.get(0).firstToken()).isZero();
  }

  @Test
  void refusesAnOverlapThatLeavesNoRoomToMoveOn() {
    assertThatThrownBy(() -> new SegmentCutter(BEFORE, AFTER, 8, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an overlap of 6 tokens does not fit segments of 8: choose 0 to 5");
  }

  private static TokenizedText text(int length) {
    return new TokenizedText(
        IntStream.range(0, length).map(i -> 1000 + i).toArray(),
        IntStream.range(0, length).map(i -> 3 * i).toArray(),
        IntStream.range(0, length).map(i -> 3 * i + 2).toArray());
  }
}
