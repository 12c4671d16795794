/** How good translations are: BLEU and chrF, with the numbers that sacreBLEU gives. */
@NullMarked
package io.headwater.trainer.translation.quality;

import org.jspecify.annotations.NullMarked;
