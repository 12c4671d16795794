package io.headwater.trainer.lexicon;

import java.util.Arrays;
import java.util.List;

/**
 * A German article in one of its cases.
 *
 * @param german empty for none
 * @param kind what it is in English
 */
record Article(String german, Kind kind) {
  enum Kind {
    NONE,
    DEFINITE,
    INDEFINITE
  }

  /** No article, as before a plural. */
  static Article none() {
    return new Article("", Kind.NONE);
  }

  static List<Article> definite(String... cases) {
    return Arrays.stream(cases).map(german -> new Article(german, Kind.DEFINITE)).toList();
  }

  static List<Article> indefinite(String... cases) {
    return Arrays.stream(cases).map(german -> new Article(german, Kind.INDEFINITE)).toList();
  }

  /** The noun with it, in both languages. */
  MadePair with(Entry noun) {
    String english =
        switch (kind) {
          case NONE -> noun.english();
          case DEFINITE -> "the " + noun.english();
          case INDEFINITE -> EnglishNouns.withArticle(noun.english());
        };
    return new MadePair((german + ' ' + noun.german()).trim(), english);
  }
}
