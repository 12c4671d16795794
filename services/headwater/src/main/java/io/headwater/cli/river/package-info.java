/** Runs a whole river on this machine, or one service of it. */
@NullMarked
package io.headwater.cli.river;

import org.jspecify.annotations.NullMarked;
