/** Linear layers in 8-bit integers, with activation scales that calibration has fixed. */
@NullMarked
package io.headwater.trainer.quantize;

import org.jspecify.annotations.NullMarked;
