/** Trials that are trainings of a classifier. */
@NullMarked
package io.headwater.trainer.tuning.runner;

import org.jspecify.annotations.NullMarked;
