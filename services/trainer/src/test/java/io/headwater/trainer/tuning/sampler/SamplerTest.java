package io.headwater.trainer.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.headwater.trainer.tuning.space.ChoiceDimension;
import io.headwater.trainer.tuning.space.ConfigurationPath;
import io.headwater.trainer.tuning.space.Dimension;
import io.headwater.trainer.tuning.space.IntegerDimension;
import io.headwater.trainer.tuning.space.RealDimension;
import io.headwater.trainer.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Samplers on functions whose optimum is known. */
class SamplerTest {
  private static final Dimension RATE =
      new RealDimension(ConfigurationPath.parse("rate"), 1e-5, 1, true, 3);
  private static final Dimension DECAY =
      new RealDimension(ConfigurationPath.parse("decay"), 0, 1, false, 4);
  private static final Dimension KIND =
      new ChoiceDimension(
          ConfigurationPath.parse("kind"),
          List.of(TextNode.valueOf("a"), TextNode.valueOf("b"), TextNode.valueOf("c")));
  private static final Dimension WIDTH =
      new IntegerDimension(ConfigurationPath.parse("width"), 64, 512, 64);
  private static final int TRIALS = 200;

  @Test
  void whatWasSeenLeadsToTheOptimumSoonerThanChanceOverTwentySeeds() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY));
    int chance = 0;
    int tree = 0;
    int won = 0;
    for (int seed = 0; seed < 20; seed++) {
      int byChance = needed(new RandomSampler(2), space, SamplerTest::hill, seed);
      int byTree = needed(new TreeParzenSampler(space), space, SamplerTest::hill, seed);
      chance += byChance;
      tree += byTree;
      won += byTree < byChance ? 1 : 0;
    }

    System.out.printf(
        "trials to the optimum, mean of 20: %.1f by chance, %.1f by the tree, sooner in %d%n",
        chance / 20.0, tree / 20.0, won);
    assertThat(tree).isLessThan(chance * 2 / 3);
    assertThat(won).isGreaterThanOrEqualTo(13);
  }

  @Test
  void theBetterChoiceIsDrawnMoreOftenAsSoonAsItIsSeen() {
    SearchSpace space = new SearchSpace(List.of(KIND, DECAY));
    ToDoubleFunction<Map<String, JsonNode>> score =
        values ->
            (at(values, "kind").equals("b") ? 1 : 0) - Math.abs(number(values, "decay") - 0.3);

    List<Map<String, JsonNode>> drawn =
        search(new TreeParzenSampler(space), space, score, 5).subList(10, 60);

    assertThat(drawn).filteredOn(values -> at(values, "kind").equals("b")).hasSizeGreaterThan(35);
  }

  @Test
  void failedTrialsAreKeptAwayFrom() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY));
    ToDoubleFunction<Map<String, JsonNode>> score =
        values ->
            number(values, "rate") > 0.01
                ? Double.NEGATIVE_INFINITY
                : -Math.abs(number(values, "decay") - 0.5);

    List<Map<String, JsonNode>> drawn =
        search(new TreeParzenSampler(space), space, score, 3).subList(20, 70);

    long failed = drawn.stream().filter(values -> number(values, "rate") > 0.01).count();
    // By chance it would be 20.
    assertThat(failed).isLessThan(15);
  }

  @Test
  void theGridHasEachOfItsPointsOnceInAnOrderByChance() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY, KIND, WIDTH));
    GridSampler grid = new GridSampler(space, 1);

    Set<Map<String, JsonNode>> points = new HashSet<>();
    for (int trial = 0; trial < grid.limit(); trial++) {
      points.add(space.at(grid.next(trial, List.of(), new SplittableRandom(trial))));
    }

    assertThat(grid.limit()).isEqualTo(3 * 4 * 3 * 8);
    assertThat(points).hasSize(grid.limit());
    assertThat(points).extracting(values -> number(values, "rate")).contains(1e-5, 1.0);
    assertThat(grid.next(0, List.of(), new SplittableRandom(0)))
        .isEqualTo(new GridSampler(space, 1).next(0, List.of(), new SplittableRandom(9)))
        .isNotEqualTo(new GridSampler(space, 2).next(0, List.of(), new SplittableRandom(0)));
  }

  @Test
  void theSameSeedAndPastGiveTheSamePoint() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY, KIND, WIDTH));
    ToDoubleFunction<Map<String, JsonNode>> score = values -> number(values, "width");

    assertThat(search(new TreeParzenSampler(space), space, score, 8))
        .isEqualTo(search(new TreeParzenSampler(space), space, score, 8));
  }

  /** Its top, 0, is at 0.003 and 0.2, off the middle and the edges. */
  private static double hill(Map<String, JsonNode> values) {
    double rate = Math.log10(number(values, "rate") / 0.003) / 5;
    double decay = number(values, "decay") - 0.2;
    return -(rate * rate + decay * decay);
  }

  private static int needed(
      Sampler sampler, SearchSpace space, ToDoubleFunction<Map<String, JsonNode>> score, int seed) {
    List<Map<String, JsonNode>> drawn = search(sampler, space, score, seed);
    for (int trial = 0; trial < drawn.size(); trial++) {
      // A circle with a radius of 0.05: in it lies one point in 127.
      if (score.applyAsDouble(drawn.get(trial)) > -0.0025) {
        return trial + 1;
      }
    }
    return drawn.size();
  }

  private static List<Map<String, JsonNode>> search(
      Sampler sampler, SearchSpace space, ToDoubleFunction<Map<String, JsonNode>> score, int seed) {
    List<Map<String, JsonNode>> drawn = new ArrayList<>();
    List<Observation> seen = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < TRIALS; trial++) {
      Map<String, JsonNode> values = space.at(sampler.next(trial, seen, random.split()));
      drawn.add(values);
      seen.add(new Observation(space.point(values), score.applyAsDouble(values)));
    }
    return drawn;
  }

  private static double number(Map<String, JsonNode> values, String name) {
    return values.getOrDefault(name, TextNode.valueOf("")).asDouble();
  }

  private static String at(Map<String, JsonNode> values, String name) {
    return values.getOrDefault(name, TextNode.valueOf("")).asText();
  }
}
