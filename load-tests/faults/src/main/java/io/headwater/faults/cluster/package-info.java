/** Kafka and the schema registry, as processes of their own. */
@NullMarked
package io.headwater.faults.cluster;

import org.jspecify.annotations.NullMarked;
