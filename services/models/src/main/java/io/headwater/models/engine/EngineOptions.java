package io.headwater.models.engine;

import io.headwater.models.ModelPackage;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a graph.
 *
 * @param provider where
 * @param threads of the CPU that the graph may use; 0 for one per core
 * @param device which GPU, counted from 0; without a meaning on the CPU
 * @param sideBySide whether each thread of the CPU runs a call of its own, instead of all of them
 *     one call: no thread waits for another at the end of each operation, which gives more calls a
 *     second, each of them slower
 */
public record EngineOptions(
    ExecutionProvider provider, int threads, int device, boolean sideBySide) {

  /** Refuses negative numbers. */
  public EngineOptions {
    Objects.requireNonNull(provider, "provider");
    if (threads < 0) {
      throw new IllegalArgumentException("threads is " + threads + "; 0 or more");
    }
    if (device < 0) {
      throw new IllegalArgumentException("device is " + device + "; 0 or more");
    }
  }

  /** All threads for one call. */
  public EngineOptions(ExecutionProvider provider, int threads, int device) {
    this(provider, threads, device, false);
  }

  /** The first GPU, where it is to be a GPU. */
  public EngineOptions(ExecutionProvider provider, int threads) {
    this(provider, threads, 0);
  }

  /** The CPU, with one thread per core. */
  public static EngineOptions cpu() {
    return new EngineOptions(ExecutionProvider.CPU, 0);
  }

  /** The same elsewhere. */
  public EngineOptions on(ExecutionProvider other) {
    return new EngineOptions(other, threads, device, sideBySide);
  }

  /**
   * The same for a package. One that only the CPU runs goes there, where a GPU was no more than
   * preferred: on a GPU most of it would crawl along on the CPU, and copy all that it makes.
   *
   * @throws EngineUnavailableException if it was to be a GPU, or nothing
   */
  public EngineOptions fitting(ModelPackage model) {
    if (!model.isCpuOnly() || provider == ExecutionProvider.CPU) {
      return this;
    }
    if (provider == ExecutionProvider.CUDA) {
      throw new EngineUnavailableException(cpuOnly(model));
    }
    return on(ExecutionProvider.CPU);
  }

  /** Why a package goes to the CPU although a GPU was preferred; empty where it does not. */
  Optional<String> whyNotPreferred(ModelPackage model) {
    return model.isCpuOnly() && provider == ExecutionProvider.AUTO
        ? Optional.of(cpuOnly(model))
        : Optional.empty();
  }

  private static String cpuOnly(ModelPackage model) {
    return model.id() + " has operators that only the CPU runs: for a GPU take an fp32 package";
  }

  /** The same with another number of threads. */
  public EngineOptions withThreads(int other) {
    return new EngineOptions(provider, other, device, sideBySide);
  }

  /** The same with a call for each thread. */
  public EngineOptions withCallsSideBySide() {
    return new EngineOptions(provider, threads, device, true);
  }

  /**
   * Threads of the CPU. The runtime's own count would be that of the machine's cores, which in a
   * container are more than those it may use.
   */
  public int threadsHere() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
