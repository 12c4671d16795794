/** What a service is, and how it starts and stops. */
@NullMarked
package io.headwater.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
