/** Records as lines for people and for programs. */
@NullMarked
package io.headwater.cli.ingest.output;

import org.jspecify.annotations.NullMarked;
