package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.head.PackageQuality;
import io.headwater.trainer.head.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the shipped packages to their floors on the test sets, and their cards to what is measured.
 * Needs the data sets, which are not part of the project: {@code -Dheadwater.data=FOLDER}, or
 * {@code shared/data} beside the repository. Takes minutes; run it with {@code -Pquality}.
 */
class QualityIT {

  private static final Logger log = LoggerFactory.getLogger(QualityIT.class);

  /** What the card may differ by: two digits are lost in writing it, bits between processors. */
  private static final double CARD_TOLERANCE = 0.002;

  private static final Map<String, Quality> measured = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "sentiment-e5-small-v2@1.3.0,      sst2.test,           accuracy,    0.93",
    "sentiment-e5-small-v2@1.3.0,      sst3.test,           accuracy,    0.75",
    "sentiment-e5-small-v2@1.3.0,      sst3.test,           macroF1,     0.68",
    "sentiment-e5-small-v2@1.3.0,      semeval2017.test,    macroRecall, 0.715",
    "sentiment-e5-small-v2-int8@1.3.0, sst2.test,           accuracy,    0.93",
    "sentiment-e5-small-v2-int8@1.3.0, sst3.test,           accuracy,    0.75",
    "sentiment-e5-small-v2-int8@1.3.0, sst3.test,           macroF1,     0.68",
    "sentiment-e5-small-v2-int8@1.3.0, semeval2017.test,    macroRecall, 0.715",
  })
  void reachesItsFloorAndWhatItsCardSays(String id, String set, String measure, double floor)
      throws IOException {
    Path file = dataFolder().resolve("sentiment").resolve(set + ".tsv");
    assumeTrue(Files.isRegularFile(file), "no data: give -Dheadwater.data=FOLDER");
    ModelPackage model = ShippedSentiment.open(ModelId.parse(id));

    Quality quality = measured.get(id + set);
    if (quality == null) {
      quality = PackageQuality.measure(model, LabelledTexts.read(file));
      measured.put(id + set, quality);
      log.info("quality model={} set={} {}", id, set, quality);
    }
    double reached =
        switch (measure) {
          case "accuracy" -> quality.accuracy();
          case "macroF1" -> quality.macroF1();
          default -> quality.macroRecall();
        };
    assertThat(reached).isGreaterThanOrEqualTo(floor);
    assertThat(model.card().quality().get(set + "." + measure))
        .isNotNull()
        .isCloseTo(reached, within(CARD_TOLERANCE));
  }

  static Path dataFolder() {
    String given = System.getProperty("headwater.data");
    return given == null || given.isEmpty()
        ? Path.of(System.getProperty("headwater.root", "../../..")).resolve("../shared/data")
        : Path.of(given);
  }
}
