package io.headwater.aggregator.window;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * What windows are kept for: messages of one source in one language.
 *
 * @param language BCP 47
 */
public record SeriesKey(String source, String language) {
  public SeriesKey {
    requireNonNull(source, "source");
    requireNonNull(language, "language");
  }

  /** The key of its records in the windows' topic: {@code source/language} in UTF-8. */
  public byte[] recordKey() {
    return (source + "/" + language).getBytes(StandardCharsets.UTF_8);
  }
}
