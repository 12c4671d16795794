package io.headwater.models.engine;

import java.util.Objects;

/**
 * How to run a graph.
 *
 * @param provider where
 * @param intraOpThreads threads that share one operation; 0 for one per core
 * @param device which GPU, counted from 0; without a meaning on the CPU
 */
public record EngineOptions(ExecutionProvider provider, int intraOpThreads, int device) {

  /** Refuses negative numbers. */
  public EngineOptions {
    Objects.requireNonNull(provider, "provider");
    if (intraOpThreads < 0) {
      throw new IllegalArgumentException("intraOpThreads is " + intraOpThreads + "; 0 or more");
    }
    if (device < 0) {
      throw new IllegalArgumentException("device is " + device + "; 0 or more");
    }
  }

  /** The first GPU, where it is to be a GPU. */
  public EngineOptions(ExecutionProvider provider, int intraOpThreads) {
    this(provider, intraOpThreads, 0);
  }

  /** The CPU, with one thread per core. */
  public static EngineOptions cpu() {
    return new EngineOptions(ExecutionProvider.CPU, 0);
  }

  /** The same elsewhere. */
  public EngineOptions on(ExecutionProvider other) {
    return new EngineOptions(other, intraOpThreads, device);
  }

  /** The same with another number of threads. */
  public EngineOptions withThreads(int threads) {
    return new EngineOptions(provider, threads, device);
  }
}
