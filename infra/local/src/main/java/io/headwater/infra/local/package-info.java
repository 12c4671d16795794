/**
 * Real infrastructure for a laptop: one Kafka broker inside this JVM and one schema registry beside
 * it.
 *
 * <p>Start at {@link io.headwater.infra.local.LocalInfra}.
 */
@NullMarked
package io.headwater.infra.local;

import org.jspecify.annotations.NullMarked;
