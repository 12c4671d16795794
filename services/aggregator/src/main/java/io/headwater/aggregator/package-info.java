/**
 * The service that joins messages with their results, counts sentiment over windows, and shows
 * both.
 */
@NullMarked
package io.headwater.aggregator;

import org.jspecify.annotations.NullMarked;
