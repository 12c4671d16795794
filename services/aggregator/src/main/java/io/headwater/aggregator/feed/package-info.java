/** The latest insights and windows, live, for everybody who watches. */
@NullMarked
package io.headwater.aggregator.feed;

import org.jspecify.annotations.NullMarked;
