/** What keeps a fault that is not the records' own from emptying a topic into the dead letters. */
@NullMarked
package io.headwater.runtime.faults;

import org.jspecify.annotations.NullMarked;
