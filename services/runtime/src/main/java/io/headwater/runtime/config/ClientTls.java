package io.headwater.runtime.config;

import static org.apache.kafka.common.config.SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Looks whether the certificates and keys that {@code ssl.*} properties name can be used. */
final class ClientTls {
  private ClientTls() {}

  /**
   * What is wrong with them, in a sentence.
   *
   * @param prefix of the settings that the properties are from
   * @param parsed properties of a client, parsed
   */
  static Optional<String> fault(String prefix, Map<String, ?> parsed) {
    for (String key : List.of(SSL_TRUSTSTORE_LOCATION_CONFIG, SSL_KEYSTORE_LOCATION_CONFIG)) {
      Object location = parsed.get(key);
      if (location != null && !Files.isReadable(Path.of(location.toString()))) {
        return Optional.of(
            "%s%s: there is no file %s that this process may read"
                .formatted(prefix, key, location));
      }
    }
    if (parsed.get(SSL_ENGINE_FACTORY_CLASS_CONFIG) != null) {
      return Optional.empty();
    }
    try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
      engines.configure(parsed);
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of("%sssl.*: %s".formatted(prefix, explained(e)));
    }
  }

  private static String explained(KafkaException failure) {
    StringBuilder words = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnrecoverableKeyException) {
        return words + ": its password is wrong";
      }
      if (cause.getMessage() != null && words.indexOf(cause.getMessage()) < 0) {
        words.append(": ").append(cause.getMessage());
      }
    }
    return words.toString();
  }
}
