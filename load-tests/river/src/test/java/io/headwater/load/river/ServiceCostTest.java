package io.headwater.load.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceCostTest {
  @Test
  void whatWasUsedMeanwhileIsToldForAThousandMessages() {
    ServiceCost cost =
        ServiceCost.between(
                Map.of("scorer", 1.0, "broker", 2.0), Map.of("scorer", 4.0, "broker", 3.0), 500)
            .less(Map.of("broker", 0.5));

    assertThat(cost.total()).isCloseTo(3.5, within(1e-9));
    assertThat(ServiceCost.head("load")).hasSize(5);
    assertThat(cost.row("half")).containsExactly("half", "NaN", "6.00", "NaN", "1.00");
  }
}
