package io.headwater.trainer.lexicon;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a German noun is, and with it the articles that it can have. */
enum Gender {
  /** {@code der}. */
  MASCULINE("m"),
  /** {@code die}. */
  FEMININE("f"),
  /** {@code das}. */
  NEUTER("n"),
  /** {@code die}, for several. */
  PLURAL("pl");

  private final String mark;

  Gender(String mark) {
    this.mark = mark;
  }

  /** The gender of a dictionary's mark, such as {@code f}. */
  static Optional<Gender> of(String mark) {
    return Arrays.stream(values()).filter(gender -> gender.mark.equals(mark)).findAny();
  }

  /** Articles that may stand before the noun. Genitives are not there: they change the noun. */
  List<Article> articles() {
    return switch (this) {
      case MASCULINE ->
          both(Article.definite("der", "den", "dem"), Article.indefinite("ein", "einen", "einem"));
      case FEMININE -> both(Article.definite("die", "der"), Article.indefinite("eine", "einer"));
      case NEUTER -> both(Article.definite("das", "dem"), Article.indefinite("ein", "einem"));
      case PLURAL -> both(Article.definite("die"), List.of(Article.none()));
    };
  }

  private static List<Article> both(List<Article> some, List<Article> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
