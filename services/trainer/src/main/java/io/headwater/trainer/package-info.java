/** Trains the heads of Headwater's models and assembles model packages, in Java. */
@NullMarked
package io.headwater.trainer;

import org.jspecify.annotations.NullMarked;
