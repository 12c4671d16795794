package io.headwater.trainer.network;

/**
 * A batch of token rows, padded to the longest.
 *
 * @param ids int64 {@code [B, S]}
 * @param keep float {@code [B, S]}: 1 for a token, 0 for padding
 * @param <T> a tensor
 */
public record Tokens<T>(T ids, T keep) {}
