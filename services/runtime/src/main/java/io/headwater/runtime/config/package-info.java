/** Settings from file, environment and flags, read once at start. */
@NullMarked
package io.headwater.runtime.config;

import org.jspecify.annotations.NullMarked;
