package io.headwater.trainer.learning;

import io.headwater.trainer.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many weights there are, how large, and how many of them are nothing; for a report. */
public final class WeightNumbers {
  private WeightNumbers() {}

  /** By the names that a report has for them. */
  public static Map<String, Object> of(Weights weights) {
    double sizes = 0;
    double squares = 0;
    long zeros = 0;
    for (Weights.Weight weight : weights.all().values()) {
      for (float value : weight.values()) {
        sizes += Math.abs(value);
        squares += (double) value * value;
        zeros += value == 0 ? 1 : 0;
      }
    }
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("count", weights.count());
    numbers.put("l1Norm", sizes);
    numbers.put("l2Norm", Math.sqrt(squares));
    numbers.put("zeros", zeros);
    return numbers;
  }
}
