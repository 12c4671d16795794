/** What replays give, and how two of them differ: pure code. */
@NullMarked
package io.headwater.cli.replay.result;

import org.jspecify.annotations.NullMarked;
