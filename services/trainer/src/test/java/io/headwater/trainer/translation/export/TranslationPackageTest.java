package io.headwater.trainer.translation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranslationPackageTest {

  private static final TransformerShape SHAPE = new TransformerShape(20, 8, 2, 12, 1, 1, 16);

  @TempDir Path folder;
  private Path tokenizer;

  @BeforeEach
  void copyTokenizer() throws Exception {
    tokenizer = folder.resolve("tiny.json");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/tiny-tokenizer.json"))) {
      Files.copy(in, tokenizer);
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void writesAPackageThatSaysWhatItTranslates(DecoderLayout layout) throws Exception {
    ModelPackage written = deToEn(SHAPE, 16).write(layout, folder.resolve("made"));

    assertThat(written.task()).isEqualTo("translation");
    assertThat(written.supports("de", "en")).isTrue();
    assertThat(written.maxTokens()).isEqualTo(12);
    assertThat(written.translation().orElseThrow().decoderWithPast().isPresent())
        .isEqualTo(layout == DecoderLayout.SPLIT);
    assertThat(written.digests()).containsKeys("config.json", "generation_config.json");
  }

  @Test
  void writesTheSameBytesEachTime() throws Exception {
    ModelPackage first = deToEn(SHAPE, 16).write(DecoderLayout.MERGED, folder.resolve("first"));
    ModelPackage second = deToEn(SHAPE, 16).write(DecoderLayout.MERGED, folder.resolve("second"));

    assertThat(second.digests()).isEqualTo(first.digests());
    assertThat(folder.resolve("second/model.json"))
        .hasSameBinaryContentAs(folder.resolve("first/model.json"));
  }

  @Test
  void holdsTheWeightsOnceInTheMergedLayout() throws Exception {
    TransformerShape large = new TransformerShape(500, 64, 4, 256, 1, 2, 16);

    deToEn(large, 16).write(DecoderLayout.MERGED, folder.resolve("merged"));
    deToEn(large, 16).write(DecoderLayout.SPLIT, folder.resolve("split"));

    long whole = Files.size(folder.resolve("split/decoder_model.onnx"));
    assertThat(Files.size(folder.resolve("merged/decoder_model_merged.onnx")))
        .isLessThan(whole + whole / 10);
  }

  @Test
  void refusesTranslationsLongerThanTheModelHasPositions() {
    assertThatThrownBy(() -> deToEn(SHAPE, 17))
        .hasMessage("the longest translation is 17, but the model has only 16 positions");
  }

  @Test
  void refusesATokenizerWithIdsThatTheModelDoesNotScore() throws Exception {
    TransformerShape small = new TransformerShape(19, 8, 2, 12, 1, 1, 16);

    assertThatThrownBy(() -> deToEn(small, 16).write(DecoderLayout.MERGED, folder.resolve("made")))
        .hasMessage("the tokenizer has ids up to 19, but the model scores only 19");
  }

  private TranslationPackage deToEn(TransformerShape shape, int maxLength) {
    TransformerWeights weights = RandomWeights.of(shape, 1);
    return new TranslationPackage(
        weights,
        new PackageDescription(
            new ModelId("tiny-de-en", "1.0.0"),
            List.of(new LanguagePair("de", "en")),
            12,
            GenerationDefaults.fourBeams(maxLength),
            new ModelCard("For tests.", "Apache-2.0", "random", "none", Map.of("bleu", 0.0))),
        tokenizer);
  }
}
