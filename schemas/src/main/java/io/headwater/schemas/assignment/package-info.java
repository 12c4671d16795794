/** Which model serves which task: read, changed, and agreed upon by the instances. */
@NullMarked
package io.headwater.schemas.assignment;

import org.jspecify.annotations.NullMarked;
