/** What is wrong with a model: calibration, errors, robustness, attention, and gradients. */
@NullMarked
package io.headwater.trainer.diagnosis;

import org.jspecify.annotations.NullMarked;
