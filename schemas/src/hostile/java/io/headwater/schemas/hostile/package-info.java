/** Hostile records, made out of healthy ones, for the tests of every stage. */
@NullMarked
package io.headwater.schemas.hostile;

import org.jspecify.annotations.NullMarked;
