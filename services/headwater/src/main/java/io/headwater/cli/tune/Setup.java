package io.headwater.cli.tune;

import io.headwater.models.engine.ExecutionProvider;

/**
 * What a model can be run with.
 *
 * @param provider where
 * @param threads threads that share one operation
 * @param tokens most tokens of a batch
 */
record Setup(ExecutionProvider provider, int threads, int tokens) {}
