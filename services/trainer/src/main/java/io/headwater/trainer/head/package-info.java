/** The sentiment head: its weights, how they are found, and how good they are. */
@NullMarked
package io.headwater.trainer.head;

import org.jspecify.annotations.NullMarked;
