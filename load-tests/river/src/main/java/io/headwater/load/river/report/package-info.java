/** The results, for people and for programs. */
@NullMarked
package io.headwater.load.river.report;

import org.jspecify.annotations.NullMarked;
