package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A Kafka topic and the one record type that its values have. Keys are bytes: they are carried
 * along the river unread.
 *
 * @param name the topic's name in Kafka
 * @param valueType the generated class of its values
 * @param <V> the same, as a type
 */
public record Topic<V extends SpecificRecord>(String name, Class<V> valueType) {
  public Topic {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A topic needs a name");
    }
    requireNonNull(valueType, "valueType");
  }

  /** The subject of the value's schema in the registry ({@code TopicNameStrategy}). */
  public String subject() {
    return name + "-value";
  }

  /** The reader schema: that of the generated class. */
  public Schema schema() {
    return SpecificData.get().getSchema(valueType);
  }
}
