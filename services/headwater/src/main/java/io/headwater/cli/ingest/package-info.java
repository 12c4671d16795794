/** The commands that put messages into the river, watch what comes out, and lay its bed. */
@NullMarked
package io.headwater.cli.ingest;

import org.jspecify.annotations.NullMarked;
