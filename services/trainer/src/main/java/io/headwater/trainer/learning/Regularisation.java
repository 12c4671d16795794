package io.headwater.trainer.learning;

/**
 * What keeps a network from learning its texts by heart, beside dropout, which is the network's
 * own. Zero turns each off.
 *
 * @param weightDecay share of a weight that goes away per step and unit of learning rate, apart
 *     from the gradient (Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization");
 *     matrices and embeddings only
 * @param l1 how far a weight is moved towards zero per step and unit of learning rate; one that
 *     gets there stays zero until its gradient is larger (Duchi and Singer 2009, "Efficient Online
 *     and Batch Learning Using Forward Backward Splitting"); matrices and embeddings only
 * @param labelSmoothing share of the right label's probability that is spread over all (Szegedy et
 *     al. 2016, "Rethinking the Inception Architecture")
 * @param maskTokens share of tokens that are hidden from attention and pooling, other ones at each
 *     step
 * @param clip largest norm of all gradients together (Pascanu et al. 2013)
 * @param agreement how much it costs that the same batch, gone through twice with other dropout and
 *     other hidden tokens, comes to other probabilities (R-Drop, Liang et al. 2021, "R-Drop:
 *     Regularized Dropout for Neural Networks"; half their alpha); every step then takes two passes
 */
public record Regularisation(
    double weightDecay,
    double l1,
    double labelSmoothing,
    double maskTokens,
    double clip,
    double agreement) {

  /** Refuses numbers that make no sense. */
  public Regularisation {
    TrainingPlan.require(weightDecay >= 0, "weightDecay is " + weightDecay + "; 0 or more");
    TrainingPlan.require(l1 >= 0, "l1 is " + l1 + "; 0 or more");
    TrainingPlan.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing is " + labelSmoothing + "; 0 to 1 (exclusive)");
    TrainingPlan.require(
        maskTokens >= 0 && maskTokens < 1, "maskTokens is " + maskTokens + "; 0 to 1 (exclusive)");
    TrainingPlan.require(clip >= 0, "clip is " + clip + "; 0 or more");
    TrainingPlan.require(agreement >= 0, "agreement is " + agreement + "; 0 or more");
  }

  /** None of it. */
  public static Regularisation none() {
    return new Regularisation(0, 0, 0, 0, 0, 0);
  }
}
