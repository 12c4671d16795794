package io.headwater.models;

import com.fasterxml.jackson.annotation.JsonCreator;

/** How an encoder makes one vector of the vectors of its tokens. */
public enum Pooling {
  /** It takes the first token's, as BERT's classifiers do. */
  FIRST,
  /** It takes the mean of all that are not masked. */
  MEAN;

  /**
   * As {@code model.json} has it.
   *
   * @throws IllegalArgumentException if there is no such pooling
   */
  @JsonCreator
  static Pooling of(String name) {
    return switch (name) {
      case "first" -> FIRST;
      case "mean" -> MEAN;
      default ->
          throw new IllegalArgumentException("pooling is \"" + name + "\"; known: first, mean");
    };
  }
}
