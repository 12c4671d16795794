/** Looks at a set-up and says what to do. */
@NullMarked
package io.headwater.cli.check;

import org.jspecify.annotations.NullMarked;
