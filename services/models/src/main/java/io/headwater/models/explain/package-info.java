/** Which tokens a score came from: attention, and a check that does without it. */
@NullMarked
package io.headwater.models.explain;

import org.jspecify.annotations.NullMarked;
