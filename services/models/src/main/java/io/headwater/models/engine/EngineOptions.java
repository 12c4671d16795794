package io.headwater.models.engine;

import java.util.Objects;

/**
 * How to run a graph.
 *
 * @param provider where
 * @param intraOpThreads threads that share one operation; 0 for one per core
 */
public record EngineOptions(ExecutionProvider provider, int intraOpThreads) {

  /** Refuses a negative number of threads. */
  public EngineOptions {
    Objects.requireNonNull(provider, "provider");
    if (intraOpThreads < 0) {
      throw new IllegalArgumentException("intraOpThreads is " + intraOpThreads + "; 0 or more");
    }
  }

  /** The CPU, with one thread per core. */
  public static EngineOptions cpu() {
    return new EngineOptions(ExecutionProvider.CPU, 0);
  }
}
