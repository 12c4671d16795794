package io.headwater.trainer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What a mask hides has no effect; and what a form refuses, it says. */
class AttentionMaskTest {

  @Provide
  Arbitrary<Attention> all() {
    return Arbitraries.of(Forms.all());
  }

  @Provide
  Arbitrary<Attention> anyMemory() {
    return Arbitraries.of(Forms.anyMemory());
  }

  @Property(tries = 100)
  void maskedTokensNeverChangeTheOthers(
      @ForAll("all") Attention form,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll long seed) {
    Random random = new Random(seed);
    Weights weights = Forms.weights(form, seed);
    Texts texts = Texts.within(random, 2, length, Forms.WIDTH).masked(random, 0.5);
    TorchAttention torch = new TorchAttention(form, weights);
    float[] before = torch.attend(texts, false);
    float[] after = torch.attend(texts.withOtherMasked(random), false);
    for (int i = 0; i < before.length; i++) {
      if (texts.keep()[i / Forms.WIDTH] == 1) {
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
  }

  @Property(tries = 50)
  void maskedMemoryNeverChangesWhatComesOut(
      @ForAll("anyMemory") Attention form,
      @ForAll @IntRange(min = 1, max = 12) int length,
      @ForAll long seed) {
    Random random = new Random(seed);
    Texts texts = Texts.across(random, 2, 4, length, Forms.WIDTH).masked(random, 0.5);
    TorchAttention torch = new TorchAttention(form, Forms.weights(form, seed));
    assertThat(torch.attend(texts.withOtherMasked(random), false))
        .isEqualTo(torch.attend(texts, false));
  }

  @Property(tries = 50)
  void paddingNeverChangesAText(
      @ForAll("all") Attention form,
      @ForAll @IntRange(min = 1, max = 15) int length,
      @ForAll @IntRange(min = 1, max = 9) int padding,
      @ForAll long seed) {
    Random random = new Random(seed);
    Texts texts = Texts.within(random, 1, length, Forms.WIDTH);
    TorchAttention torch = new TorchAttention(form, Forms.weights(form, seed));
    float[] expected = torch.attend(texts, false);
    float[] actual = torch.attend(texts.alone(0, length + padding, random), false);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Example
  void aTextThatIsHiddenWholeHasNumbersAndNoSlopes() {
    for (Attention form : Forms.all()) {
      Texts texts = Texts.within(new Random(1), 1, 5, Forms.WIDTH).masked(new Random(2), 1);
      Map<String, float[]> slopes =
          new TorchAttention(form, Forms.weights(form, 1))
              .gradients(texts, false, Forms.ones(5 * Forms.WIDTH));
      slopes.forEach((name, values) -> assertThat(values).as(name).doesNotContain(Float.NaN));
      assertThat(slopes.get("queries")).as("%s", form).containsOnly(0);
    }
  }

  @Example
  void sharesAreWatchedInTheShapesThatAreDocumented() {
    Map<String, String> shapes = new TreeMap<>();
    for (Attention form :
        List.of(
            new DotProductAttention("dot", 8, 2, 1, 0),
            new AdditiveAttention("additive", 8, 2, 2, 0),
            new GeneralAttention("general", 8, 2, 0),
            new LocalAttention("local", 8, 2, 2, 3, 1, 0),
            new HierarchicalAttention("levels", 8, 2, 2, 4, 0))) {
      Texts texts = Texts.within(new Random(1), 3, 7, 8);
      new TorchAttention(
              form,
              Forms.weights(form, 1),
              false,
              (name, shares) -> {
                shapes.put(name, shares.getShape().toString());
                float[] sums = shares.sum(new int[] {-1}).toFloatArray();
                for (float sum : sums) {
                  assertThat(sum).as(name).isCloseTo(1, within(1e-5f));
                }
              })
          .attend(texts, false);
    }
    assertThat(shapes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "dot", "(3, 2, 7, 7)",
                "additive", "(3, 2, 7, 7)",
                "general", "(3, 2, 7, 7)",
                "local", "(3, 2, 3, 3, 10)",
                "local.global", "(3, 2, 1, 9)",
                "levels.tokens", "(3, 2, 2, 4, 4)",
                "levels.pool", "(3, 2, 1, 4)",
                "levels.segments", "(3, 2, 2, 2)"));
  }

  @Example
  void dropoutSilencesSharesOnlyInTraining() {
    for (Attention form :
        List.of(
            new DotProductAttention("dot", 8, 2, 1, 0.5f),
            new AdditiveAttention("additive", 8, 2, 2, 0.5f),
            new GeneralAttention("general", 8, 2, 0.5f),
            new LocalAttention("local", 8, 2, 2, 3, 1, 0.5f),
            new HierarchicalAttention("levels", 8, 2, 2, 4, 0.5f))) {
      Weights weights = Forms.weights(form, 1);
      Texts texts = Texts.within(new Random(1), 3, 7, 8);
      float[] still = new TorchAttention(form, weights).attend(texts, false);
      Torch.seed(1);
      assertThat(trained(form, weights, texts)).isNotEqualTo(still);
      assertThat(new TorchAttention(form, weights).attend(texts, false)).isEqualTo(still);
    }
  }

  private static float[] trained(Attention form, Weights weights, Texts texts) {
    List<NDArray> seen = new ArrayList<>();
    float[] out =
        new TorchAttention(form, weights, true, (name, shares) -> seen.add(shares))
            .attend(texts, false);
    assertThat(seen).isNotEmpty();
    return out;
  }

  @Example
  void formsWithinATextRefuseOtherMemoryAndCausalMasks() {
    Texts within = Texts.within(new Random(1), 1, 4, Forms.WIDTH);
    Texts across = Texts.across(new Random(1), 1, 4, 4, Forms.WIDTH);
    for (Attention form : Forms.withinItself()) {
      TorchAttention torch = new TorchAttention(form, Forms.weights(form, 1));
      assertThatThrownBy(() -> torch.attend(within, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              "attention sees what comes later: it is for encoders, not for a decoder");
      assertThatThrownBy(() -> torch.attend(across, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("queries and memory must be one tensor");
    }
  }

  @Example
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new GeneralAttention("a", 10, 4, 0))
        .hasMessage("4 heads cannot share a width of 10 evenly");
    assertThatThrownBy(() -> new AdditiveAttention("a", 8, 4, 3, 0))
        .hasMessage("4 query heads cannot share 3 key heads evenly");
    assertThatThrownBy(() -> new LocalAttention("a", 8, 4, 4, 0, 0, 0))
        .hasMessage("a window of 0 sees nothing");
    assertThatThrownBy(() -> new LocalAttention("a", 8, 4, 4, 4, 5, 0))
        .hasMessage("5 global tokens are not from 0 to the window, 4");
    assertThatThrownBy(() -> new HierarchicalAttention("a", 8, 4, 4, 0, 0))
        .hasMessage("a segment of 0 tokens is empty");
    assertThatThrownBy(() -> new DotProductAttention("a", 8, 4, 4, 1))
        .hasMessage("an attention dropout of 1.0 is not from 0 to below 1");
  }
}
