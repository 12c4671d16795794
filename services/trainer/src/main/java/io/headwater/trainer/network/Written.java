package io.headwater.trainer.network;

/**
 * What comes of a decoder's pass.
 *
 * @param logits of the token after each one, {@code [B, T, vocabulary]}
 * @param memory for the next step
 * @param <T> a tensor
 */
public record Written<T>(T logits, DecoderMemory<T> memory) {}
