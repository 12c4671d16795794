package io.headwater.trainer.translation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.text.PairEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

class SubwordDropoutTest {
  private static final List<String> TEXTS =
      Collections.nCopies(
          20, "Der alte Mann und das Meer, das alte Meer: er lacht. Wer lacht? 12 Fische!");

  private static @Nullable Path file;
  private static @Nullable PairEncoder encoder;

  @BeforeContainer
  static void learn() throws IOException {
    file = Files.createTempFile("tokenizer", ".json");
    TokenizerFileWriter.write(BytePairLearner.learn(TEXTS, 60), file());
    encoder = new PairEncoder(file());
  }

  @AfterContainer
  static void delete() throws IOException {
    encoder().close();
    Files.delete(file());
  }

  @Property
  void withNothingLeftOutTheIdsAreTheTokenizers(@ForAll("texts") String text) {
    int[] ids = dropout(0).encode(text, new SplittableRandom(1));

    assertThat(ids).isEqualTo(encoder().encode(List.of(text)).get(0));
    assertThat(dropout(0.9).whole(text)).isEqualTo(ids);
  }

  @Property
  void howeverMuchIsLeftOutTheTextIsTheSame(
      @ForAll("texts") String text, @ForAll @DoubleRange(max = 1) double share, @ForAll long seed) {
    int[] whole = dropout(0).whole(text);
    int[] ids = dropout(share).encode(text, new SplittableRandom(seed));

    assertThat(encoder().decode(ids)).isEqualTo(encoder().decode(whole));
    assertThat(ids).hasSizeGreaterThanOrEqualTo(whole.length).endsWith(TransformerShape.END);
    assertThat(dropout(share).encode(text, new SplittableRandom(seed))).isEqualTo(ids);
  }

  @Property(tries = 20)
  void withAllLeftOutThereAreOnlyCharacters(@ForAll("words") String word) {
    assertThat(dropout(1).encode(word, new SplittableRandom(1))).hasSize(word.length() + 2);
  }

  @Property(tries = 1)
  void aTokenizerOfAnotherKindIsRefused() throws IOException {
    Path other = Files.createTempFile("other", ".json");
    Files.writeString(other, "{\"model\": {\"type\": \"Unigram\"}}");

    assertThatThrownBy(() -> SubwordDropout.read(other, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other.toString())
        .hasMessageContaining("byte-pair encoding over characters only");
    assertThatThrownBy(() -> SubwordDropout.read(file(), 1.5))
        .hasMessage("subword dropout is 1.5; 0 to 1");
    Files.delete(other);
  }

  @Property(tries = 1)
  void aCommonWordIsCutInManyWays() {
    SplittableRandom random = new SplittableRandom(1);
    SubwordDropout dropout = dropout(0.3);

    long ways =
        Collections.nCopies(200, "alte").stream()
            .map(word -> Arrays.toString(dropout.encode(word, random)))
            .distinct()
            .count();

    assertThat(ways).isGreaterThan(3);
  }

  /** Of the vocabulary's letters and of others, with marks and spaces anywhere. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("aeltMrdnuschDFi ,.!?12 \u00df\u4e16\u754c\u201e-")
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(text -> !text.isBlank());
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of("alte", "Meer", "lacht", "Fische", "Mann");
  }

  private static SubwordDropout dropout(double share) {
    try {
      return SubwordDropout.read(file(), share);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file() {
    return Objects.requireNonNull(file);
  }

  private static PairEncoder encoder() {
    return Objects.requireNonNull(encoder);
  }
}
