/** The search for the settings that train best: its plan, its trials and their database. */
@NullMarked
package io.headwater.trainer.tuning;

import org.jspecify.annotations.NullMarked;
