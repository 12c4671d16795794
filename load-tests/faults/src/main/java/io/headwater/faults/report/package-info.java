/** The results, for people and for programs. */
@NullMarked
package io.headwater.faults.report;

import org.jspecify.annotations.NullMarked;
