/** The scorer service: reads token sequences, writes scores, one transaction a unit of work. */
@NullMarked
package io.headwater.scorer;

import org.jspecify.annotations.NullMarked;
