package io.headwater.runtime.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A setting's value that is in a file: {@code K.file} names it instead of {@code K}. Secrets are
 * best given so, since neither a command line nor the environment of the process then has them.
 */
final class SecretFile {
  /** Ends the key of a setting that names a file. */
  static final String SUFFIX = ".file";

  private static final int LARGEST_BYTES = 1024 * 1024;

  private SecretFile() {}

  /** The content cannot be had. The message names the file, and nothing of what is in it. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /** The key whose value the file of {@code key} holds; empty when the key names no file. */
  static Optional<String> keyOf(String key) {
    return key.endsWith(SUFFIX) && !isOfKafka(key)
        ? Optional.of(key.substring(0, key.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** Some of Kafka's own keys end so, {@code sasl.oauthbearer.assertion.file} for one. */
  private static boolean isOfKafka(String key) {
    String own = key.substring(key.indexOf('.') + 1);
    return AdminClientConfig.configNames().contains(own)
        || ConsumerConfig.configNames().contains(own)
        || ProducerConfig.configNames().contains(own);
  }

  /** What is in the file, without the line ends that editors put at its end. */
  static String read(String name) throws UnusableException {
    if (name.isBlank()) {
      throw new UnusableException("names no file");
    }
    try {
      Path file = Path.of(name);
      if (Files.size(file) > LARGEST_BYTES) {
        throw new UnusableException("the file %s is larger than 1 MiB".formatted(name));
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      String value = text.replaceFirst("[\\r\\n]+\\z", "");
      if (value.isEmpty()) {
        throw new UnusableException("the file %s is empty".formatted(name));
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no file %s".formatted(name));
    } catch (CharacterCodingException e) {
      throw new UnusableException("the file %s is not UTF-8".formatted(name));
    } catch (IOException | InvalidPathException e) {
      throw new UnusableException(
          "the file %s cannot be read (%s)".formatted(name, e.getClass().getSimpleName()));
    }
  }
}
