/** Scores and evaluates without Kafka, with the services' own code. */
@NullMarked
package io.headwater.cli.offline;

import org.jspecify.annotations.NullMarked;
