/** What goes into the images, file by file. */
@NullMarked
package io.headwater.infra.containers;

import org.jspecify.annotations.NullMarked;
