package io.headwater.trainer.learning;

import java.util.List;
import java.util.Map;

/**
 * Where a training stands, apart from its arrays.
 *
 * @param epoch passes that are complete
 * @param batch batches of the pass under way that are done
 * @param step steps of the optimizer
 * @param sinceEvaluation losses since the last evaluation
 * @param sincePoint losses since the last point of the curve
 * @param evaluations all so far
 * @param curve all so far
 * @param settings what it was trained with
 */
record Place(
    int epoch,
    int batch,
    long step,
    Losses sinceEvaluation,
    Losses sincePoint,
    List<Evaluation> evaluations,
    List<CurvePoint> curve,
    Map<String, String> settings) {

  /** Some losses added up. */
  record Losses(double sum, long count) {
    static final Losses NONE = new Losses(0, 0);

    Losses plus(double loss) {
      return new Losses(sum + loss, count + 1);
    }

    double mean() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
