package io.headwater.trainer.learning;

/**
 * A point of the curve of a training.
 *
 * @param epoch passes done, with the part of the one under way
 * @param step steps of the optimizer
 * @param loss mean training loss since the point before
 * @param rate learning rate
 * @param gradientNorm of the last step, before clipping
 */
public record CurvePoint(double epoch, long step, double loss, double rate, double gradientNorm) {}
