/** The explanations that the page can show. */
@NullMarked
package io.headwater.aggregator.explain;

import org.jspecify.annotations.NullMarked;
