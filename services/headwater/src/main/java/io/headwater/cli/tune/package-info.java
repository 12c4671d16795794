/** {@code headwater tune-batch}: the batch budget and the threads that suit a machine. */
@NullMarked
package io.headwater.cli.tune;

import org.jspecify.annotations.NullMarked;
