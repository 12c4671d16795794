package io.headwater.models.engine;

/** Where a graph runs. */
public enum ExecutionProvider {
  /** CUDA if it is there and works, else the CPU. */
  AUTO,
  /** The CPU. */
  CPU,
  /** A GPU through CUDA, or not at all. */
  CUDA
}
