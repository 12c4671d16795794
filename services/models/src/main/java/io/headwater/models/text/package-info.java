/** From text to token ids that point back into the text, and from there to a model's segments. */
@NullMarked
package io.headwater.models.text;

import org.jspecify.annotations.NullMarked;
