/** Proves the packages that ship. */
@NullMarked
package io.headwater.models.packages;

import org.jspecify.annotations.NullMarked;
