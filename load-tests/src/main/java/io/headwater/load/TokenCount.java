package io.headwater.load;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts what a translation benchmark writes, and what it costs. One thread does all of the work,
 * so that tokens for its processor time are right on a busy machine, too.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class TokenCount {
  /** Target tokens, the end of each translation included. */
  public long targetTokens;

  /** Processor time of the measured thread, in microseconds. */
  public long cpuMicros;
}
