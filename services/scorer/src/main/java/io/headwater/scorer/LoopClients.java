package io.headwater.scorer;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * What a loop reads from and writes to.
 *
 * @param task name of the loop's task
 * @param consumer owned by the loop: it subscribes and closes it
 * @param producers makes transactional producers, not initialised; the loop owns and closes them
 * @param topic the topic of the task's token sequences
 */
record LoopClients(
    String task,
    Consumer<byte[], byte[]> consumer,
    Supplier<Producer<byte[], byte[]>> producers,
    String topic) {}
