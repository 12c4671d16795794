package io.headwater.scorer;

import io.headwater.scorer.sentiment.FakeModel;
import io.headwater.scorer.sentiment.SegmentModel;
import java.util.List;

/** A model during whose work something happens. */
final class ShutDownWhileScoring implements SegmentModel {
  private final FakeModel model = new FakeModel();
  Runnable action = () -> {};

  @Override
  public float[][] probabilities(List<int[]> tokenIds) {
    action.run();
    return model.probabilities(tokenIds);
  }
}
