package io.headwater.load.river;

import io.headwater.load.river.corpus.Traffic;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;

/** How many tokens each message has, as the model is given them. */
final class TokenCounts implements AutoCloseable {
  private static final int OVERLAP = 32;

  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private final Traffic traffic;

  TokenCounts(ModelPackage model, Traffic traffic) {
    this.tokenizer = PackageTokenizer.open(model);
    this.cutter = tokenizer.segmentCutter(OVERLAP);
    this.traffic = traffic;
  }

  /** Tokens of the message with that number, special ones included. */
  int of(long number) {
    int count = 0;
    for (Segment segment : cutter.cut(tokenizer.encode(traffic.text(number)))) {
      count += segment.ids().length;
    }
    return count;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
