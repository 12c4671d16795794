/** Replays a topic's backlog beside the live river, and compares runs. */
@NullMarked
package io.headwater.cli.replay;

import org.jspecify.annotations.NullMarked;
