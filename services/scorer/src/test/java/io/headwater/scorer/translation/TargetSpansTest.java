package io.headwater.scorer.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TargetSpansTest {
  private static final List<String> WORDS =
      List.of("▁The", "▁house", "s", "▁", ".", "▁is", "n't", "▁😀", "é");

  @Property
  void spansFollowEachOtherAndTogetherHaveEveryLetter(
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 8) Integer> tokens) {
    int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
    String piece = WhiteSpace.stripped(words(ids));

    TargetSpans spans = TargetSpans.of(ids, piece, TargetSpansTest::words);

    StringBuilder letters = new StringBuilder();
    int done = 0;
    for (int i = 0; i < ids.length; i++) {
      assertThat(spans.starts()[i]).isBetween(done, spans.ends()[i]);
      done = spans.ends()[i];
      letters.append(piece, spans.starts()[i], done);
    }
    assertThat(done).isEqualTo(piece.length());
    assertThat(letters.toString().replace(" ", "")).isEqualTo(piece.replace(" ", ""));
  }

  @Test
  void aTokenHasItsWordWithoutTheSpaceBeforeIt() {
    int[] ids = {0, 1, 2, 4};

    TargetSpans spans = TargetSpans.of(ids, "The houses.", TargetSpansTest::words);

    assertThat(spans.starts()).containsExactly(0, 4, 9, 10);
    assertThat(spans.ends()).containsExactly(3, 9, 10, 11);
    assertThat(spans.at(100).starts()).containsExactly(100, 104, 109, 110);
  }

  @Test
  void aCharacterInSeveralTokensBelongsToTheLastOfThem() {
    byte[] bytes = "a😀é".getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bytes[i];
    }

    TargetSpans spans = TargetSpans.of(ids, "a😀é", TargetSpansTest::bytes);

    assertThat(spans.starts()).containsExactly(0, 1, 1, 1, 1, 3, 3);
    assertThat(spans.ends()).containsExactly(1, 1, 1, 1, 3, 3, 4);
  }

  @Test
  void aTokenizerThatTakesSpacesBackStillHasASpanForEachToken() {
    // Decoders that tidy up write "do n't" as "don't" once they have seen what follows.
    Function<int[], String> tidy =
        ids ->
            Arrays.stream(ids)
                .mapToObj(id -> List.of("do", "n't", "!").get(id))
                .reduce("", (a, b) -> (a + " " + b).replace(" n't", "n't").replace(" !", "!"));

    TargetSpans spans = TargetSpans.of(new int[] {0, 1, 2}, "don't!", tidy);

    assertThat(spans.starts()).containsExactly(0, 2, 5);
    assertThat(spans.ends()).containsExactly(2, 5, 6);
  }

  private static String words(int[] ids) {
    List<String> words = new ArrayList<>();
    for (int id : ids) {
      words.add(WORDS.get(id));
    }
    return String.join("", words).replace('▁', ' ');
  }

  /** As a byte fallback does: an unfinished character is U+FFFD. */
  private static String bytes(int[] ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
