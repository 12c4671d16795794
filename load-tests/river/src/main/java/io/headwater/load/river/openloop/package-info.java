/** Load that comes when it is due, whether or not the river is ready for it. */
@NullMarked
package io.headwater.load.river.openloop;

import org.jspecify.annotations.NullMarked;
