package io.headwater.trainer.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
  private static final int DRAWS = 10_000;

  @Test
  void aThingOfThreeTimesTheWeightComesThreeTimesAsOften() {
    Random random = new Random(1);
    WeightedChoice<Integer> choice = new WeightedChoice<>(List.of(1, 3), weight -> weight);

    long heavy = IntStream.range(0, DRAWS).filter(i -> choice.next(random) == 3).count();

    assertThat(heavy / (double) DRAWS).isCloseTo(0.75, within(0.03));
  }

  @Test
  void ofManyTheHeavierAreDrawnFirst() {
    Random random = new Random(1);
    List<Integer> things = IntStream.range(0, DRAWS).boxed().toList();

    List<Integer> some =
        WeightedChoice.some(things, thing -> thing % 2 == 0 ? 9 : 1, DRAWS / 4, random);

    // 2,500 of 5,000 with weight 9 and 5,000 with weight 1: about one in seven is light by then.
    assertThat(some.stream().filter(thing -> thing % 2 == 0).count()).isGreaterThan(DRAWS / 5);
  }

  @Property
  void someAreDifferentOnesAndNoMoreThanThereAre(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll @IntRange(max = 30) int most) {
    List<Integer> places = IntStream.range(0, weights.size()).boxed().toList();

    List<Integer> some = WeightedChoice.some(places, weights::get, most, new Random(most));

    assertThat(some)
        .doesNotHaveDuplicates()
        .hasSize(Math.min(most, weights.size()))
        .allSatisfy(place -> assertThat(places).contains(place));
  }

  @Test
  void nothingIsNoChoice() {
    assertThatThrownBy(() -> new WeightedChoice<Integer>(List.of(), weight -> weight))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
