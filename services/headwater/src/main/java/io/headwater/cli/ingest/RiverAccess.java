package io.headwater.cli.ingest;

import io.headwater.cli.CommandFailure;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Causes;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.schemas.RightsMissingException;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.RiverPreflight.BrokerUnavailableException;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka and the registry as a command needs them: what goes wrong becomes one sentence that names
 * the address and the way out.
 */
public final class RiverAccess implements AutoCloseable {
  private static final int TIMEOUT_MS = 8_000;

  private final KafkaConnection kafka;
  private final Admin admin;
  private final SchemaRegistry registry;

  private RiverAccess(KafkaConnection kafka, Admin admin) {
    this.kafka = kafka;
    this.admin = admin;
    this.registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
  }

  /** What a command asks; its failures are those of Kafka's clients. */
  public interface Question<T> {
    T ask() throws InterruptedException, ExecutionException;
  }

  /** Opens the access. The broker is not asked yet. */
  public static RiverAccess open(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.forAdmin());
    properties.putIfAbsent("default.api.timeout.ms", TIMEOUT_MS);
    properties.putIfAbsent("request.timeout.ms", TIMEOUT_MS / 2);
    try {
      return new RiverAccess(kafka, Admin.create(properties));
    } catch (KafkaException e) {
      throw noKafka(kafka, e);
    }
  }

  public Admin admin() {
    return admin;
  }

  public SchemaRegistry registry() {
    return registry;
  }

  public HeadwaterTopics topics() {
    return kafka.topics(HeadwaterTopics::of);
  }

  /** A new consumer of what is committed, without a group: it disturbs nobody. */
  public Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.forConsumer(
            Map.of(
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "allow.auto.create.topics", "false",
                "default.api.timeout.ms", "20000",
                "key.deserializer", ByteArrayDeserializer.class.getName(),
                "value.deserializer", ByteArrayDeserializer.class.getName())));
  }

  /** A new producer with {@code own} properties, under those of the user. */
  public Producer<byte[], byte[]> producer(Map<String, ?> own) {
    return new KafkaProducer<>(
        kafka.forProducer(own), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes sure that topics and their schemas are there. */
  public void require(List<Topic<?>> topics) {
    List<String> missing = ask(() -> new RiverPreflight(admin, registry).missing(topics));
    if (!missing.isEmpty()) {
      throw new CommandFailure(String.join("; ", missing));
    }
  }

  /**
   * Asks Kafka or the registry.
   *
   * @throws CommandFailure when they do not answer, or answer with a refusal
   */
  public <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (BrokerUnavailableException | KafkaException e) {
      throw noKafka(kafka, e);
    } catch (ExecutionException e) {
      throw noKafka(kafka, e.getCause() == null ? e : e.getCause());
    } catch (RightsMissingException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RegistryUnavailableException e) {
      throw new CommandFailure(
          e.getMessage() + "; start one with `headwater up`, or set schema.registry.url", e);
    } catch (IllegalStateException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private static CommandFailure noKafka(KafkaConnection kafka, Throwable why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException) {
        return new CommandFailure(
            "Kafka at %s does not let this client in (%s): see kafka.sasl.* and kafka.ssl.*"
                .formatted(kafka.bootstrapServers(), reason(cause)),
            why);
      }
      if (cause instanceof AuthorizationException) {
        return new CommandFailure(
            "Kafka at %s does not allow that (%s): `headwater acls` prints the rights of each role"
                .formatted(kafka.bootstrapServers(), reason(cause)),
            why);
      }
    }
    return new CommandFailure(
        "Kafka at %s does not answer (%s); start one with `headwater up`, or set bootstrap.servers"
            .formatted(kafka.bootstrapServers(), reason(why)),
        why);
  }

  /** The innermost reason; which of the client's calls ran out of time tells nobody anything. */
  private static String reason(Throwable why) {
    Throwable cause = Causes.innermost(why);
    boolean late =
        cause instanceof TimeoutException
            || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    return late ? "no answer in time" : Causes.firstLine(cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
