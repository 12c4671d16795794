package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headwater.models.ModelPackage;
import io.headwater.trainer.translation.quality.TranslationQuality;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the shipped translation package to its floors on the test sets, and its card to what is
 * measured. Needs the data sets, as {@link QualityIT} does.
 */
class TranslationQualityIT {

  private static final Logger log = LoggerFactory.getLogger(TranslationQualityIT.class);

  /** Sums in another order on another processor may turn a word here and there. */
  private static final double CARD_TOLERANCE = 0.3;

  @ParameterizedTest
  @CsvSource({
    "tatoeba.de-en.test,              50",
    "multi30k.test_2016_flickr.de-en, 20",
    "newstest2021.de-en,              3",
  })
  void reachesItsFloorAndWhatItsCardSays(String set, double floor) throws IOException {
    Path file = QualityIT.dataFolder().resolve("translation").resolve(set + ".tsv");
    assumeTrue(Files.isRegularFile(file), "no data: give -Dheadwater.data=FOLDER");
    ModelPackage model = ShippedTranslation.open();
    ParallelTexts texts = ParallelTexts.read(file);

    TranslationQuality quality =
        TranslationQuality.measure(
            model, ShippedTranslation.PAIR, texts.sources(), texts.targets(), 0);
    log.info("quality set={} {}", set, quality);

    assertThat(quality.bleu().score()).isGreaterThanOrEqualTo(floor);
    assertThat(model.card().quality().get(set + ".bleu"))
        .isNotNull()
        .isCloseTo(quality.bleu().score(), within(CARD_TOLERANCE));
    assertThat(model.card().quality().get(set + ".chrf"))
        .isNotNull()
        .isCloseTo(quality.chrf().score(), within(CARD_TOLERANCE));
  }
}
