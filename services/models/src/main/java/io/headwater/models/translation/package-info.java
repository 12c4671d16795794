/** Runs sequence-to-sequence models: encoder once, decoder step by step, greedy or beam search. */
@NullMarked
package io.headwater.models.translation;

import org.jspecify.annotations.NullMarked;
