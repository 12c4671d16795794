/** How Headwater's services run Kafka Streams. */
@NullMarked
package io.headwater.runtime.streams;

import org.jspecify.annotations.NullMarked;
