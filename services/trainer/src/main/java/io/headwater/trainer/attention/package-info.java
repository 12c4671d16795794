/** Forms of attention, as building blocks of a network. */
@NullMarked
package io.headwater.trainer.attention;

import org.jspecify.annotations.NullMarked;
