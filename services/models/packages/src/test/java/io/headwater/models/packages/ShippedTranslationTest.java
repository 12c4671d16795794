package io.headwater.models.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.models.engine.EngineOptions;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.Hypothesis;
import io.headwater.models.translation.TranslationEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped translation package, on sentences of our own. */
class ShippedTranslationTest {

  private static final List<String> SENTENCES =
      List.of(
          "Das Essen war kalt und der Kellner unfreundlich.",
          "Ich liebe dieses Buch.",
          "Danke!",
          "Wann kommt der nächste Zug nach Berlin an, und wo muss ich umsteigen?",
          "Er hat gestern den ganzen Tag im Garten gearbeitet.",
          "Ja.",
          "Wir haben uns sehr gefreut, dass ihr trotz des schlechten Wetters gekommen seid.");

  private static PackageTokenizer tokenizer;
  private static TranslationEngine engine;

  @BeforeAll
  static void open() {
    tokenizer = PackageTokenizer.open(ShippedTranslation.open());
    engine = TranslationEngine.open(ShippedTranslation.open(), EngineOptions.cpu());
  }

  @AfterAll
  static void close() {
    engine.close();
    tokenizer.close();
  }

  @Test
  void translatesWhatAGuestSaysOfADinner() {
    String translation =
        tokenizer.decode(translate(List.of(ids(SENTENCES.get(0))), 0).get(0).tokenIds());

    assertThat(translation).containsIgnoringCase("cold").containsIgnoringCase("food");
  }

  @Test
  void givesTheSameBitsAloneAndInABatchOf64OfMixedLengths() {
    List<int[]> batch = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      batch.add(ids(SENTENCES.get(i % SENTENCES.size())));
    }

    for (int beams : new int[] {1, 4}) {
      List<Hypothesis> together = translate(batch, beams);
      for (int i = 0; i < SENTENCES.size(); i++) {
        Hypothesis alone = translate(List.of(batch.get(i)), beams).get(0);
        assertThat(together.get(i).tokenIds()).isEqualTo(alone.tokenIds());
        assertThat(together.get(i).logProbability()).isEqualTo(alone.logProbability());
      }
    }
  }

  @Test
  void explainsEachTargetTokenByTheSourceTokensItLookedAt() {
    int[] source = ids(SENTENCES.get(1));

    Hypothesis explained =
        engine
            .translate(List.of(source), new DecodingRequest("en", 1, 1_024, true), () -> {})
            .get(0);

    assertThat(engine.explains()).isTrue();
    assertThat(explained.alignment().length).isEqualTo(explained.tokenIds().length);
    for (float[] row : explained.alignment()) {
      assertThat(row).hasSize(source.length);
      double sum = 0;
      for (float weight : row) {
        sum += weight;
      }
      assertThat(sum).isBetween(0.999, 1.001);
    }
  }

  private static List<Hypothesis> translate(List<int[]> sources, int beams) {
    return engine.translate(sources, new DecodingRequest("en", beams, 1_024, false), () -> {});
  }

  private static int[] ids(String text) {
    return tokenizer.segmentCutter(0).cut(tokenizer.encode(text)).get(0).ids();
  }
}
