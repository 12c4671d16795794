/** Packages whose weights are the mean of those of others. */
@NullMarked
package io.headwater.trainer.average;

import org.jspecify.annotations.NullMarked;
