/** From a configuration and labelled texts to a sentiment package and a report. */
@NullMarked
package io.headwater.trainer.sentiment;

import org.jspecify.annotations.NullMarked;
