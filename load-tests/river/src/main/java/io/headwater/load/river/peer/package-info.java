/** Other ways to do the same work, each a process. */
@NullMarked
package io.headwater.load.river.peer;

import org.jspecify.annotations.NullMarked;
