package io.headwater.load.river.bound;

/**
 * What the model alone is to do.
 *
 * @param model folder of the package
 * @param messages file of the texts
 * @param count so many of them, from the first
 * @param seconds no batch begins later
 * @param threads of one call; 0: one a core
 * @param budget most tokens of a batch, padding included
 * @param singles so many messages are scored alone too, each timed
 * @param labels file that gets the label of each message, by id
 */
public record BoundTask(
    String model,
    String messages,
    int count,
    double seconds,
    int threads,
    int budget,
    int singles,
    String labels) {}
