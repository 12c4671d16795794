/** Tests of what the documents say. */
@NullMarked
package io.headwater.docs;

import org.jspecify.annotations.NullMarked;
