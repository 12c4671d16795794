/** The fault suite: see {@code README.md}. */
@NullMarked
package io.headwater.faults;

import org.jspecify.annotations.NullMarked;
