package io.headwater.load;

/**
 * How the measured decoding goes about it.
 *
 * @param beams rows for each source
 * @param reusesCache whether a step reads one token and the cache, or the whole target anew
 * @param shrinks whether rows leave the batch when their translation has ended
 */
record DecodingPlan(int beams, boolean reusesCache, boolean shrinks) {}
