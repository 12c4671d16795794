/** The transformer itself, its loss and its greedy decoding, on DJL's PyTorch engine. */
@NullMarked
package io.headwater.trainer.translation.model;

import org.jspecify.annotations.NullMarked;
