/** What is broken, and when. */
@NullMarked
package io.headwater.faults.scenario;

import org.jspecify.annotations.NullMarked;
