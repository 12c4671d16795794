package io.headwater.cli.tune;

import io.headwater.models.engine.ExecutionProvider;
import java.util.OptionalInt;

/** A loaded model with work for it, to be done with one budget or another. Owned by one thread. */
interface Subject extends AutoCloseable {
  /** Where it really runs. */
  ExecutionProvider provider();

  /** How many messages a pass does. */
  int messages();

  /**
   * Does all of the work once.
   *
   * @param tokens most tokens of a batch
   */
  void pass(int tokens, CallObserver observer);

  /** What a call costs beside its tokens, in tokens; empty where nobody needs to know. */
  default OptionalInt callTokens() {
    return OptionalInt.empty();
  }

  @Override
  void close();
}
