/** What may be varied: fields of a configuration, each with the values that it may take. */
@NullMarked
package io.headwater.trainer.tuning.space;

import org.jspecify.annotations.NullMarked;
