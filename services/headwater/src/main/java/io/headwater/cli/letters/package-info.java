/** The commands that look at dead letters, send them back, and write them to a file. */
@NullMarked
package io.headwater.cli.letters;

import org.jspecify.annotations.NullMarked;
