/** How state stores write what they hold: in Avro, without the registry. */
@NullMarked
package io.headwater.aggregator.state;

import org.jspecify.annotations.NullMarked;
