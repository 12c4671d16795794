/** What the reports of the workshop are written with. */
@NullMarked
package io.headwater.trainer.page;

import org.jspecify.annotations.NullMarked;
