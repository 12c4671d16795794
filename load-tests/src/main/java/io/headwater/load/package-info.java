/** Benchmarks of the river's records: see {@code README.md}. */
@NullMarked
package io.headwater.load;

import org.jspecify.annotations.NullMarked;
