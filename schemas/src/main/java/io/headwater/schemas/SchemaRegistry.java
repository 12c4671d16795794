package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schema registry as Headwater uses it: looks schemas up by id, and ids up by topic; registers
 * only when told to. Thread-safe.
 *
 * <p>Wire format: the Confluent one (magic byte 0, big-endian int32 schema id, Avro binary).
 */
public final class SchemaRegistry {
  private static final int CACHED_SCHEMAS = 1_000;
  private static final int NOT_FOUND = 404;

  /** Unauthorized, forbidden. */
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  private final SchemaRegistryClient client;
  private final String url;

  private SchemaRegistry(SchemaRegistryClient client, String url) {
    this.client = requireNonNull(client, "client");
    this.url = url;
  }

  /**
   * A registry reached over HTTP. Nothing is sent yet.
   *
   * @param url base of the registry's REST API
   * @param properties properties of Confluent's client, for example {@code
   *     basic.auth.credentials.source}
   */
  public static SchemaRegistry at(String url, Map<String, ?> properties) {
    Map<String, Object> settings = new HashMap<>();
    // An id that is missing now may be an outside producer's mistake repeated a thousand times a
    // second: do not ask the registry for each.
    settings.put("missing.id.cache.ttl.sec", 10L);
    settings.put("http.connect.timeout.ms", "5000");
    settings.put("http.read.timeout.ms", "10000");
    properties.forEach((key, value) -> settings.put(key, typed(key, value)));
    return new SchemaRegistry(
        new CachedSchemaRegistryClient(
            List.of(url), CACHED_SCHEMAS, TolerantSchemaProvider.all(), settings, Map.of()),
        url);
  }

  /** Settings come as text, and Confluent's client wants numbers for some keys. */
  private static Object typed(String key, Object value) {
    if (key.endsWith(".ttl.sec")) {
      return Long.valueOf(value.toString());
    }
    return key.equals("missing.cache.size") ? Integer.valueOf(value.toString()) : value;
  }

  /** A registry over a client that exists already, for example the in-memory one of a test. */
  public static SchemaRegistry over(SchemaRegistryClient client) {
    return new SchemaRegistry(client, "the given client");
  }

  /** Reader of {@code topic}'s values. */
  public <V extends SpecificRecord> RecordDecoder<V> decoder(Topic<V> topic) {
    return new RecordDecoder<>(topic, this);
  }

  /**
   * Writer of {@code topic}'s values. The schema's id is looked up at the first use.
   *
   * @throws SchemaNotRegisteredException at first use, when the topic's schema is not registered
   */
  public <V extends SpecificRecord> RecordEncoder<V> encoder(Topic<V> topic) {
    return new RecordEncoder<>(topic, this);
  }

  /**
   * Registers every topic's schema and sets its subject to {@code BACKWARD_TRANSITIVE}. Does
   * nothing for those that are there already.
   */
  public void register(List<Topic<?>> topics) {
    for (Topic<?> topic : topics) {
      try {
        client.updateCompatibility(topic.subject(), "BACKWARD_TRANSITIVE");
        client.register(topic.subject(), registered(topic));
      } catch (IOException e) {
        throw unavailable(e);
      } catch (RestClientException e) {
        throw refused(topic, e);
      }
    }
  }

  /**
   * Deletes the topics' subjects, for good. Records that are left of them cannot be read any more.
   * Does nothing for those that are not there.
   */
  public void forget(List<Topic<?>> topics) {
    for (Topic<?> topic : topics) {
      try {
        client.deleteSubject(topic.subject());
        client.deleteSubject(topic.subject(), true);
      } catch (IOException e) {
        throw unavailable(e);
      } catch (RestClientException e) {
        if (!saysNotFound(e)) {
          throw new IllegalStateException(
              "The registry does not delete %s: %s".formatted(topic.subject(), e.getMessage()), e);
        }
      }
    }
  }

  /** Id of the topic's own schema; empty when it is not registered. */
  public Optional<Integer> idOf(Topic<?> topic) {
    try {
      return Optional.of(client.getId(topic.subject(), registered(topic)));
    } catch (IOException e) {
      throw unavailable(e);
    } catch (RestClientException e) {
      if (saysNotFound(e)) {
        return Optional.empty();
      }
      throw unavailable(e);
    }
  }

  /** The schema with that id; empty when the registry says that there is none. */
  Optional<Schema> schemaOf(int id) {
    try {
      ParsedSchema schema = client.getSchemaById(id);
      return Optional.of(((AvroSchema) schema).rawSchema());
    } catch (IOException e) {
      throw unavailable(e);
    } catch (RestClientException e) {
      if (saysNotFound(e)) {
        return Optional.empty();
      }
      throw unavailable(e);
    }
  }

  /** The schema as outsiders shall see it: without the hints to Java's code generator. */
  static ParsedSchema registered(Topic<?> topic) {
    return new AvroSchema(JavaHints.without(topic.schema()));
  }

  /**
   * Whether the registry itself says that there is no such thing. Its error codes then begin with
   * 404 (40401, 40403, ...); a bare 404 is from a proxy or a wrong path, and proves nothing about a
   * record.
   */
  private static boolean saysNotFound(RestClientException e) {
    return e.getStatus() == NOT_FOUND && e.getErrorCode() / 100 == NOT_FOUND;
  }

  private RegistryUnavailableException unavailable(Exception e) {
    if (e instanceof RestClientException refused && REFUSALS.contains(refused.getStatus())) {
      return new RegistryUnavailableException(
          "The schema registry at %s does not let this client in (HTTP %d): see registry.*"
              .formatted(url, refused.getStatus()),
          e);
    }
    return new RegistryUnavailableException(
        "The schema registry at %s does not answer: %s".formatted(url, e.getMessage()), e);
  }

  private static RuntimeException refused(Topic<?> topic, RestClientException e) {
    return new IllegalStateException(
        "The registry refuses the schema of %s: %s".formatted(topic.subject(), e.getMessage()), e);
  }
}
