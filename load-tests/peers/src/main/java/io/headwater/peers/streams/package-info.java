/** Kafka Streams, one record a run. */
@NullMarked
package io.headwater.peers.streams;

import org.jspecify.annotations.NullMarked;
