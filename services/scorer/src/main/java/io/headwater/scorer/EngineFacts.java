package io.headwater.scorer;

import io.headwater.models.engine.ExecutionProvider;
import java.util.Locale;
import java.util.Optional;

/**
 * What an engine can say of itself.
 *
 * @param provider where it runs
 * @param fallbackReason why it runs on the CPU although a GPU was preferred
 * @param runtime what runs it, and its version
 */
public record EngineFacts(
    ExecutionProvider provider, Optional<String> fallbackReason, String runtime) {

  /** The provider as results name it. */
  String providerName() {
    return provider.name().toLowerCase(Locale.ROOT);
  }
}
