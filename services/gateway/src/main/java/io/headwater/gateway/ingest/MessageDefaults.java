package io.headwater.gateway.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a message gets that does not say it itself.
 *
 * @param source where it comes from
 * @param language its BCP 47 language; empty: to be detected
 * @param explain whether its results are to be explained, whatever it says itself
 */
public record MessageDefaults(String source, Optional<String> language, boolean explain) {
  /** The schema's own defaults. */
  public static final MessageDefaults NONE =
      new MessageDefaults("unknown", Optional.empty(), false);

  public MessageDefaults {
    requireNonNull(language, "language");
    if (source.isBlank()) {
      throw new IllegalArgumentException("The source must not be blank");
    }
    language = language.map(MessageDefaults::canonical);
  }

  /** Nothing is explained but what asks for it. */
  public MessageDefaults(String source, Optional<String> language) {
    this(source, language, false);
  }

  private static String canonical(String tag) {
    return LanguageTags.canonical(tag)
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' is no BCP 47 language tag".formatted(tag)));
  }
}
