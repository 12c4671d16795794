package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.tokenizer.text.NormalizedText;
import org.jspecify.annotations.Nullable;

/**
 * A message whose text, language and tasks are worked out.
 *
 * @param written its text as it was sent
 * @param text the same, normalised
 * @param targetTag the tag of the language to translate into; null for the pipeline's default
 */
record ReadMessage(
    Envelope envelope, String written, NormalizedText text, @Nullable String targetTag) {
  ReadMessage {
    requireNonNull(envelope, "envelope");
    requireNonNull(written, "written");
    requireNonNull(text, "text");
  }
}
