package io.headwater.cli.letters;

import static java.util.Objects.requireNonNull;

import io.headwater.schemas.DeadLetterCause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters are wanted: those that meet every condition; a condition left out is met by all.
 *
 * @param addresses these letters only; empty for all
 * @param stages in small letters; one of them; empty for all
 * @param causes one of them; empty for all
 * @param since timestamp of the record that died, at the earliest
 * @param until the same, before that
 * @param topic full name of the topic the record was read from
 * @param key the record's key, as text in UTF-8
 */
record LetterFilter(
    Set<LetterAddress> addresses,
    Set<String> stages,
    Set<DeadLetterCause> causes,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> topic,
    Optional<String> key) {
  LetterFilter {
    addresses = Set.copyOf(addresses);
    stages = Set.copyOf(stages);
    causes = Set.copyOf(causes);
    requireNonNull(since, "since");
    requireNonNull(until, "until");
    requireNonNull(topic, "topic");
    requireNonNull(key, "key");
  }

  /** These letters and no others. */
  static LetterFilter only(Set<LetterAddress> addresses) {
    return new LetterFilter(
        addresses,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it takes every letter there is. */
  boolean takesAll() {
    return addresses.isEmpty() && !asksForContent();
  }

  /** Whether a letter must be read to know whether it is wanted. */
  boolean asksForContent() {
    return !stages.isEmpty()
        || !causes.isEmpty()
        || since.isPresent()
        || until.isPresent()
        || topic.isPresent()
        || key.isPresent();
  }

  boolean takes(LetterAddress address) {
    return addresses.isEmpty() || addresses.contains(address);
  }

  boolean takes(StoredLetter stored) {
    var letter = stored.letter();
    byte[] bytes = stored.key();
    return takes(stored.address())
        && (stages.isEmpty() || stages.contains(letter.getStage().toLowerCase(Locale.ROOT)))
        && (causes.isEmpty()
            || causes.stream().anyMatch(cause -> cause.name().equals(letter.getCause())))
        && since.map(time -> !letter.getTimestamp().isBefore(time)).orElse(true)
        && until.map(time -> letter.getTimestamp().isBefore(time)).orElse(true)
        && topic.map(name -> name.equals(letter.getTopic())).orElse(true)
        && key.map(text -> Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes))
            .orElse(true);
  }
}
