/** The command line: everything Headwater does, as commands. */
@NullMarked
package io.headwater.cli;

import org.jspecify.annotations.NullMarked;
