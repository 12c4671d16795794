/** What is sent: real texts, and keys as uneven as real ones. */
@NullMarked
package io.headwater.load.river.corpus;

import org.jspecify.annotations.NullMarked;
