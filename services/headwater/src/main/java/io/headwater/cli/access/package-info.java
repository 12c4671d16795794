/** What each service and each person may do: rights in Kafka. */
@NullMarked
package io.headwater.cli.access;

import org.jspecify.annotations.NullMarked;
