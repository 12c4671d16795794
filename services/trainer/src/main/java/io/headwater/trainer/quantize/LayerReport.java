package io.headwater.trainer.quantize;

import java.util.Locale;

/**
 * How well a tensor's layers do with integers.
 *
 * @param tensor what they read
 * @param layers how many
 * @param alpha how much of the channels' differences was moved from the activations to the weights:
 *     0 for none, 1 for all
 * @param decibels power of what comes out over the power of its error, on sampled tokens
 */
public record LayerReport(String tensor, int layers, double alpha, double decibels) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%5.1f dB  alpha %.2f  %s (%d)", decibels, alpha, tensor, layers);
  }
}
