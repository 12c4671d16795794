/** The file that says what to train, read strictly: all its faults are told together. */
@NullMarked
package io.headwater.trainer.config;

import org.jspecify.annotations.NullMarked;
