/** The HTTP endpoint for operators, and the ground that other endpoints stand on. */
@NullMarked
package io.headwater.runtime.http;

import org.jspecify.annotations.NullMarked;
