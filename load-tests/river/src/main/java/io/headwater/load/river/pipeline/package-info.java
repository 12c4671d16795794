/** The whole river, saturated. */
@NullMarked
package io.headwater.load.river.pipeline;

import org.jspecify.annotations.NullMarked;
