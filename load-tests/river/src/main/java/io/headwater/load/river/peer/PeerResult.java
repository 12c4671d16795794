package io.headwater.load.river.peer;

import io.headwater.load.river.pipeline.Steady;
import org.jspecify.annotations.Nullable;

/**
 * What came of a peer.
 *
 * @param steady rate and cost; null when it did not run
 * @param tokens of the messages of the steady part
 * @param agreement share of labels that are the bound's
 * @param compared so many labels
 * @param othersShare of the machine's cores, used by others meanwhile
 * @param why it did not run; empty when it did
 */
public record PeerResult(
    String name,
    @Nullable Steady steady,
    long tokens,
    double agreement,
    int compared,
    double othersShare,
    String why) {
  static PeerResult absent(String name, String why) {
    return new PeerResult(name, null, 0, Double.NaN, 0, 0, why);
  }

  /** Tokens a second; 0 when it did not run. */
  public double tokensPerSecond() {
    Steady known = steady;
    return known == null ? 0 : tokens / known.seconds();
  }

  /** Messages a second; 0 when it did not run. */
  public double messagesPerSecond() {
    Steady known = steady;
    return known == null ? 0 : known.messagesPerSecond();
  }
}
