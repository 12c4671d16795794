package io.headwater.trainer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.network.Activation;
import io.headwater.trainer.network.ConfiguredClassifier;
import io.headwater.trainer.network.EncoderShape;
import io.headwater.trainer.network.LayerForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTest {
  private static EncoderShape shape() {
    return new EncoderShape(
        300,
        32,
        64,
        128,
        Activation.GELU,
        true,
        0,
        0,
        false,
        Collections.nCopies(2, LayerForm.dotProduct(4, 0)));
  }

  @Test
  void allFormsHaveAboutTheSameNumberOfWeights() {
    long weights = Variant.count(shape());

    assertThat(Variant.all(4, 0))
        .hasSize(7)
        .allSatisfy(
            variant ->
                assertThat((double) Variant.count(variant.asLargeAs(shape(), weights)))
                    .as(variant.name())
                    .isCloseTo((double) weights, within(0.01 * (double) weights)));
  }

  @Test
  void theTableHasALineForEachFormAndSaysWhatWasNotRun() throws Exception {
    ConfiguredClassifier network = new ConfiguredClassifier(shape());
    InferenceCost cost = InferenceCost.measure(network.export(network.initial(1), 1), 16, 300);
    assertThat(cost.tokensPerSecond()).isPositive();
    List<InferenceCost> none = List.of(new InferenceCost(8, 1, cost.peakBytes()));

    String table =
        ComparisonTable.of(
            List.of(
                new ComparedForm("one", 10, 1, 2, 3, new LinkedHashMap<>(), List.of(cost)),
                new ComparedForm("two", 10, 1, 2, 3, new LinkedHashMap<>(), none)));

    assertThat(table.lines()).hasSize(4);
    assertThat(table).contains("tokens/s at 16").contains("not run");
  }
}
