/** Forms of attention side by side: what each learns and costs, at the same size and CPU time. */
@NullMarked
package io.headwater.trainer.comparison;

import org.jspecify.annotations.NullMarked;
