package io.headwater.cli.offline;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.tokenizer.plan.Languages;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line asks for a translation that the model cannot make. Says so in one line. */
final class UnknownPairException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownPairException(String message) {
    super(message);
  }

  /**
   * Makes sure that a model translates between two languages.
   *
   * @param from BCP 47; empty where it is to be detected
   * @param to BCP 47
   * @throws UnknownPairException when it does not, or a tag names no language
   */
  static void requirePair(ModelPackage model, Optional<String> from, String to) {
    from.filter(tag -> Languages.primary(tag).isEmpty())
        .ifPresent(
            tag -> {
              throw new UnknownPairException(
                  "--from \"%s\" names no language; write a BCP 47 code such as de".formatted(tag));
            });
    boolean known = from.map(tag -> translates(model, tag, to)).orElseGet(() -> model.writes(to));
    if (!known) {
      throw new UnknownPairException(
          "%s translates %s; it cannot translate %s"
              .formatted(
                  model.id(),
                  model.languagePairs().stream()
                      .map(LanguagePair::toString)
                      .sorted()
                      .collect(Collectors.joining(", ")),
                  from.map(tag -> tag + " to " + to).orElse("to " + to)));
    }
  }

  /** Nothing is needed to leave a text in the language that it is in. */
  private static boolean translates(ModelPackage model, String from, String to) {
    return model.supports(from, to) || Languages.primary(from).equals(Languages.primary(to));
  }
}
