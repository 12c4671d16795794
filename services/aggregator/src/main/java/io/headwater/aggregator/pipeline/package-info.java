/** How the whole river is doing: lag, latency and dead letters of its stages. */
@NullMarked
package io.headwater.aggregator.pipeline;

import org.jspecify.annotations.NullMarked;
