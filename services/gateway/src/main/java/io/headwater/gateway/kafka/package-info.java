/** The gateway's Kafka side: messages sent for certain, and whether the river is there. */
@NullMarked
package io.headwater.gateway.kafka;

import org.jspecify.annotations.NullMarked;
