/** Cuts segments into batches and pools their results: pure code. */
@NullMarked
package io.headwater.scorer.batch;

import org.jspecify.annotations.NullMarked;
