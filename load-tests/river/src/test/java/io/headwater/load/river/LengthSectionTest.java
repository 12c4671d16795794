package io.headwater.load.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LengthSectionTest {
  @Test
  void aCostWithAFixedPartIsLinear() {
    assertThat(section(3, 6, 18, 66).worstSlope()).isCloseTo(0, within(1e-9));
  }

  @Test
  void aCostThatGrowsFasterIsNot() {
    assertThat(section(1, 4, 16, 128).worstSlope()).isGreaterThan(0.2);
  }

  private static LengthSection section(double... costs) {
    Map<Integer, ServiceCost> all = new LinkedHashMap<>();
    int letters = 1_000;
    for (double cost : costs) {
      all.put(letters, new ServiceCost(Map.of("scorer", 2 * cost), 2));
      letters *= 4;
    }
    return new LengthSection(all);
  }
}
