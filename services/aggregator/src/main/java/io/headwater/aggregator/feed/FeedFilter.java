package io.headwater.aggregator.feed;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What somebody wants to see. Empty: everything.
 *
 * @param label of insights; windows have none
 */
public record FeedFilter(
    Optional<String> source, Optional<String> language, Optional<String> label) {
  /** Everything. */
  public static final FeedFilter ALL =
      new FeedFilter(Optional.empty(), Optional.empty(), Optional.empty());

  public FeedFilter {
    requireNonNull(source, "source");
    requireNonNull(language, "language");
    requireNonNull(label, "label");
  }

  boolean matches(FeedEvent event) {
    return matches(event.source(), event.language())
        && (event.kind() == FeedEvent.Kind.WINDOW || label.map(event.label()::equals).orElse(true));
  }

  boolean matches(String ofSource, String ofLanguage) {
    return source.map(ofSource::equals).orElse(true)
        && language.map(ofLanguage::equals).orElse(true);
  }
}
