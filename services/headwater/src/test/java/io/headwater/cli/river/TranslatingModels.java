package io.headwater.cli.river;

import io.headwater.cli.ShippedTranslation;
import io.headwater.models.LanguagePair;
import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.export.DecoderLayout;
import io.headwater.trainer.translation.export.GenerationDefaults;
import io.headwater.trainer.translation.export.PackageDescription;
import io.headwater.trainer.translation.export.TranslationPackage;
import io.headwater.trainer.translation.export.UntrainedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The shipped packages, and one more for translation: random weights in the layout that the shipped
 * one has not.
 */
final class TranslatingModels {
  static final ModelId SHIPPED = ShippedTranslation.ID;
  static final ModelId OTHER = new ModelId("random-de-en", "1.0.0");

  /** Ids of the shipped tokenizer; a little model is quick. */
  private static final TransformerShape SHAPE = new TransformerShape(6_000, 16, 2, 32, 1, 1, 64);

  private TranslatingModels() {}

  /** Fills a folder. */
  static Path in(Path folder) throws IOException {
    Path shipped = Path.of(System.getProperty("headwater.packages")).toAbsolutePath();
    Files.createDirectories(folder);
    for (String name : List.of("sentiment-e5-small-v2-int8", SHIPPED.id())) {
      Files.createSymbolicLink(folder.resolve(name), shipped.resolve(name));
    }
    PackageDescription description =
        new PackageDescription(
            OTHER,
            List.of(new LanguagePair("de", "en")),
            SHAPE.maxPositions(),
            GenerationDefaults.fourBeams(20),
            new ModelCard("For tests.", "Apache-2.0", "random numbers", "none", Map.of()));
    new TranslationPackage(
            UntrainedWeights.of(SHAPE, 7),
            description,
            shipped.resolve(SHIPPED.id()).resolve(SHIPPED.version()).resolve("tokenizer.json"))
        .write(DecoderLayout.SPLIT, folder.resolve(OTHER.id()).resolve(OTHER.version()));
    return folder;
  }
}
