package io.headwater.trainer.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Whatever the position, the value lies within the bounds and comes to its place. */
class SearchSpaceTest {
  private static final ConfigurationPath PATH = ConfigurationPath.parse("training.value");

  @Property
  void realNumbersLieWithinTheirBoundsAndKeepTheirPosition(
      @ForAll @DoubleRange(min = -1000, max = 1000) double low,
      @ForAll @DoubleRange(min = 0.001, max = 1000) @Scale(6) double width,
      @ForAll @DoubleRange(min = 0, max = 1) double position) {
    Dimension dimension = new RealDimension(PATH, low, low + width, false, 3);

    JsonNode value = dimension.at(position);

    assertThat(value.asDouble()).isBetween(low, low + width);
    assertThat(dimension.at(dimension.position(value))).isEqualTo(value);
    assertThat(dimension.grid())
        .hasSize(3)
        .allMatch(point -> point.asDouble() >= low && point.asDouble() <= low + width);
  }

  @Property
  void logarithmsLieWithinTheirBoundsAndHalveTheWayByTheirRoot(
      @ForAll @DoubleRange(min = 1e-6, max = 10) @Scale(8) double low,
      @ForAll @DoubleRange(min = 1.1, max = 1e5) double times,
      @ForAll @DoubleRange(min = 0, max = 1) double position) {
    Dimension dimension = new RealDimension(PATH, low, low * times, true, 2);

    JsonNode value = dimension.at(position);

    assertThat(value.asDouble()).isBetween(low, low * times);
    assertThat(dimension.position(value)).isBetween(position - 1e-3, position + 1e-3);
    assertThat(dimension.at(0.5).asDouble() / (low * Math.sqrt(times))).isBetween(0.9999, 1.0001);
  }

  @Property
  void wholeNumbersAreStepsFromTheLowest(
      @ForAll @IntRange(min = -5000, max = 5000) int low,
      @ForAll @IntRange(min = 1, max = 99) int step,
      @ForAll @IntRange(min = 1, max = 50) int steps,
      @ForAll @DoubleRange(min = 0, max = 1) double position) {
    Dimension dimension = new IntegerDimension(PATH, low, low + step * steps, step);

    JsonNode value = dimension.at(position);

    assertThat(value.isInt()).isTrue();
    assertThat(value.asInt()).isBetween(low, low + step * steps);
    assertThat((value.asInt() - low) % step).isZero();
    assertThat(dimension.at(dimension.position(value))).isEqualTo(value);
    assertThat(dimension.grid()).hasSize(steps + 1).contains(value);
  }

  @Property
  void aPointIsSetInTheConfigurationAndFoundAgain(
      @ForAll List<@DoubleRange(min = 0, max = 1) Double> positions,
      @ForAll @IntRange(min = 1, max = 5) int layers) {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new RealDimension(PATH, 0.0001, 0.01, true, 3),
                new IntegerDimension(
                    ConfigurationPath.parse("model.layers[*].attention.heads"), 1, 9, 2),
                new ChoiceDimension(
                    ConfigurationPath.parse("model.kind"),
                    List.of(TextNode.valueOf("a"), BooleanNode.TRUE, IntNode.valueOf(3)))));
    List<Double> point =
        List.of(position(positions, 0), position(positions, 1), position(positions, 2));
    ObjectNode base = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < layers; i++) {
      base.withArray("/model/layers").addObject().putObject("attention").put("heads", 77);
    }

    Map<String, JsonNode> values = space.at(point);
    ObjectNode filled = space.fill(base, values);

    assertThat(filled.at("/training/value")).isEqualTo(values.get("training.value"));
    assertThat(filled.at("/model/kind")).isEqualTo(values.get("model.kind"));
    for (int i = 0; i < layers; i++) {
      assertThat(filled.at("/model/layers/" + i + "/attention/heads"))
          .isEqualTo(values.get("model.layers[*].attention.heads"));
      assertThat(base.at("/model/layers/" + i + "/attention/heads").asInt()).isEqualTo(77);
    }
    assertThat(space.at(space.point(values))).isEqualTo(values);
  }

  private static double position(List<Double> positions, int index) {
    return index < positions.size() ? positions.get(index) : 0.5;
  }
}
