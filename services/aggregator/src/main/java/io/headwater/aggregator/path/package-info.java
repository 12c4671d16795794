/** When and where a message passed the stages of the river, as headers tell it. */
@NullMarked
package io.headwater.aggregator.path;

import org.jspecify.annotations.NullMarked;
