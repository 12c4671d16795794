/** Networks that can be trained and exported: what they read, give, and are made of. */
@NullMarked
package io.headwater.trainer.network;

import org.jspecify.annotations.NullMarked;
