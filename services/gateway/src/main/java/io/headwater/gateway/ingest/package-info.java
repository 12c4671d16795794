/**
 * What a message from outside must look like, and how many may be on their way at once. Knows
 * neither HTTP nor Kafka.
 */
@NullMarked
package io.headwater.gateway.ingest;

import org.jspecify.annotations.NullMarked;
