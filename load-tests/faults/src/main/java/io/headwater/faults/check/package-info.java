/** What came out, held against what was sent. */
@NullMarked
package io.headwater.faults.check;

import org.jspecify.annotations.NullMarked;
