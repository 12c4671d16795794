package io.headwater.faults.check;

/**
 * Where a record that came out stands.
 *
 * @param partition its partition
 * @param key its key
 */
public record Place(int partition, String key) {}
