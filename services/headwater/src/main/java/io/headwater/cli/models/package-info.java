/** {@code headwater models}: packages, and which of them serve. */
@NullMarked
package io.headwater.cli.models;

import org.jspecify.annotations.NullMarked;
