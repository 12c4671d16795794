/** Headwater's services, as processes. */
@NullMarked
package io.headwater.faults.fleet;

import org.jspecify.annotations.NullMarked;
