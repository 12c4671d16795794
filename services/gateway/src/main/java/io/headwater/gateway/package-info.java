/** The HTTP door to the river: its settings and its life. */
@NullMarked
package io.headwater.gateway;

import org.jspecify.annotations.NullMarked;
