/** The measuring rod: the commands. */
@NullMarked
package io.headwater.load.river;

import org.jspecify.annotations.NullMarked;
