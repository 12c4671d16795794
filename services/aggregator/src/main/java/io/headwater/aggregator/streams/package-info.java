/** The running topology: its start, its failures, and questions to its stores. */
@NullMarked
package io.headwater.aggregator.streams;

import org.jspecify.annotations.NullMarked;
