package io.headwater.trainer.translation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackagedTransformerTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(DecoderLayout.class)
  void givesBackEveryWeightThatWasWritten(DecoderLayout layout) throws IOException {
    TransformerWeights weights = RandomWeights.of(new TransformerShape(20, 32, 2, 12, 2, 1, 16), 1);
    Path made = made(weights, layout);

    TransformerWeights read = PackagedTransformer.read(made);

    assertThat(read.shape()).isEqualTo(weights.shape());
    weights
        .tensors()
        .forEach((name, values) -> assertThat(read.tensor(name)).as(name).isEqualTo(values));
  }

  @Test
  void refusesFoldersOfOtherKindsAndSaysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> PackagedTransformer.read(folder))
        .hasMessage(folder + " is no package: config.json is not there");
    Path made =
        made(
            RandomWeights.of(new TransformerShape(20, 32, 2, 12, 1, 1, 16), 1),
            DecoderLayout.MERGED);
    Path config = made.resolve("config.json");
    String text = Files.readString(config);

    Files.writeString(config, text.replace("\"encoder_layers\"", "\"layers\""));
    assertThatThrownBy(() -> PackagedTransformer.read(made))
        .hasMessageContaining("is no package of \"headwater train translation\"")
        .hasMessageEndingWith("config.json has no encoder_layers");

    Files.writeString(
        config, text.replaceAll("\"encoder_layers\"\\s*:\\s*1", "\"encoder_layers\":2"));
    assertThatThrownBy(() -> PackagedTransformer.read(made))
        .hasMessageEndingWith("there is no weight encoder.1.self.norm.gain");
  }

  private Path made(TransformerWeights weights, DecoderLayout layout) throws IOException {
    Path tokenizer = folder.resolve("tiny.json");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/tiny-tokenizer.json"))) {
      Files.copy(in, tokenizer);
    }
    Path made = folder.resolve("made");
    new TranslationPackage(
            weights,
            new PackageDescription(
                new ModelId("tiny-de-en", "1.0.0"),
                List.of(new LanguagePair("de", "en")),
                12,
                GenerationDefaults.fourBeams(16),
                new ModelCard("For tests.", "Apache-2.0", "random", "none", Map.of("bleu", 0.0))),
            tokenizer)
        .write(layout, made);
    return made;
  }
}
