package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A field that two configurations do not agree on.
 *
 * @param field its path
 * @param before its value in the one
 * @param now its value in the other
 */
record Difference(String field, String before, String now) {
  private static final String NOTHING = "nothing";

  /** The first difference, in the order of the fields. */
  static Optional<Difference> first(String path, JsonNode before, JsonNode now) {
    if (before.equals(now)) {
      return Optional.empty();
    }
    if (before.isObject() && now.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .flatMap(
              name ->
                  first(
                      path.isEmpty() ? name : path + "." + name, before.path(name), now.path(name))
                      .stream())
          .findFirst();
    }
    if (before.isArray() && now.isArray() && before.size() == now.size()) {
      for (int i = 0; i < before.size(); i++) {
        Optional<Difference> inside = first(path + "[" + i + "]", before.get(i), now.get(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return Optional.of(new Difference(path, text(before), text(now)));
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return NOTHING;
    }
    // As people write it: 0.0001, not 1.0E-4.
    return value.isFloatingPointNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
