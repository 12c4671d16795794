/** The way from pairs of sentences to a package of a configured translation model. */
@NullMarked
package io.headwater.trainer.translator;

import org.jspecify.annotations.NullMarked;
