package io.headwater.aggregator.window;

import java.util.EnumMap;
import java.util.Map;

/**
 * The rules of all window sizes.
 *
 * @param rules one for each size
 */
public record WindowPlan(Map<WindowSize, WindowRule> rules) {
  public WindowPlan {
    rules = Map.copyOf(new EnumMap<>(rules));
    for (WindowSize size : WindowSize.values()) {
      WindowRule rule = rules.get(size);
      if (rule == null || !rule.fits(size)) {
        throw new IllegalArgumentException(
            "Windows of %s need a retention of at least their length and their grace together"
                .formatted(size.label()));
      }
    }
  }

  public WindowRule rule(WindowSize size) {
    WindowRule rule = rules.get(size);
    if (rule == null) {
      throw new IllegalStateException("The constructor lets no size without a rule through");
    }
    return rule;
  }
}
