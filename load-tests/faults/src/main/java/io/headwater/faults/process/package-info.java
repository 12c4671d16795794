/** The processes that the suite starts, kills and freezes. */
@NullMarked
package io.headwater.faults.process;

import org.jspecify.annotations.NullMarked;
