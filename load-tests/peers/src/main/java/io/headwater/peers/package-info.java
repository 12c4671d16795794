/** The program that runs one peer: another way to put the same model behind the same topic. */
@NullMarked
package io.headwater.peers;

import org.jspecify.annotations.NullMarked;
