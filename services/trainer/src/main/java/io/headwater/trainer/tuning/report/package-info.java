/** What a search has found, as a page to look at. */
@NullMarked
package io.headwater.trainer.tuning.report;

import org.jspecify.annotations.NullMarked;
