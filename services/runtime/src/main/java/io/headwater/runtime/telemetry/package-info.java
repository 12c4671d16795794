/** Metrics and health of one service. */
@NullMarked
package io.headwater.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
