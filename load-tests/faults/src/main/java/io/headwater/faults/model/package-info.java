/** A tiny model package, and what it must say. */
@NullMarked
package io.headwater.faults.model;

import org.jspecify.annotations.NullMarked;
