package io.headwater.scorer;

import io.headwater.avro.Provenance;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
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

  /** What an engine of sentiment says of itself. */
  static EngineFacts of(SentimentEngine engine) {
    return new EngineFacts(engine.provider(), engine.fallbackReason(), engine.runtimeVersion());
  }

  /** What a result says of the package and of what ran it. */
  Provenance provenance(ModelPackage files) {
    return new Provenance(files.modelDigest(), files.tokenizerDigest(), runtime, providerName());
  }

  /** The provider as results name it. */
  String providerName() {
    return provider.name().toLowerCase(Locale.ROOT);
  }
}
