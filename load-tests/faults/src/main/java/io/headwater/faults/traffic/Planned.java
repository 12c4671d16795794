package io.headwater.faults.traffic;

import io.headwater.avro.Message;

/**
 * One message of the traffic.
 *
 * @param index its number, from 0
 * @param key of its record
 * @param sequence its number among those of its key, from 0
 * @param text number of its text
 * @param message what is sent
 */
public record Planned(long index, String key, int sequence, int text, Message message) {}
