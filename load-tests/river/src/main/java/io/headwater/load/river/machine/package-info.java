/** What the machine does besides. */
@NullMarked
package io.headwater.load.river.machine;

import org.jspecify.annotations.NullMarked;
