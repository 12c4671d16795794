/** What is sent: all of it follows from a seed. */
@NullMarked
package io.headwater.faults.traffic;

import org.jspecify.annotations.NullMarked;
