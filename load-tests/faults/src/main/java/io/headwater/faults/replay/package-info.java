/** Shows that a replay gives the same bytes however it is cut, threaded, partitioned and killed. */
@NullMarked
package io.headwater.faults.replay;

import org.jspecify.annotations.NullMarked;
