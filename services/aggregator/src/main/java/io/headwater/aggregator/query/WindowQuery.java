package io.headwater.aggregator.query;

import static java.util.Objects.requireNonNull;

import io.headwater.aggregator.window.WindowSize;
import java.util.Optional;

/**
 * A question for windows.
 *
 * @param source only windows of this source; empty: of all
 * @param language only windows of this language; empty: of all
 * @param from earliest start of a window, in milliseconds since the epoch, inclusive
 * @param to latest start of a window, inclusive
 */
public record WindowQuery(
    WindowSize size, Optional<String> source, Optional<String> language, long from, long to) {
  public WindowQuery {
    requireNonNull(size, "size");
    requireNonNull(source, "source");
    requireNonNull(language, "language");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "The time range begins at 0 or later, and ends after that");
    }
  }

  boolean matches(String ofSource, String ofLanguage) {
    return source.map(ofSource::equals).orElse(true)
        && language.map(ofLanguage::equals).orElse(true);
  }
}
