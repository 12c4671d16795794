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

  /**
   * The series of a message. Producers may write names as long as they like; a series is kept for
   * the start of one, since topics and stores take no key of megabytes.
   */
  public static SeriesKey of(String source, String language) {
    return new SeriesKey(ShortName.of(source), ShortName.of(language));
  }

  /** The key of its records in the windows' topic: {@code source/language} in UTF-8. */
  public byte[] recordKey() {
    return (source + "/" + language).getBytes(StandardCharsets.UTF_8);
  }
}
