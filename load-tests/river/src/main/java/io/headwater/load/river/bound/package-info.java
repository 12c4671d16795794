/** The model alone: what no pipeline round it can beat. */
@NullMarked
package io.headwater.load.river.bound;

import org.jspecify.annotations.NullMarked;
