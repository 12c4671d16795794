package io.headwater.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Tells a string that was not UTF-8 from one that honestly holds U+FFFD. Avro's reader puts U+FFFD
 * in place of what it cannot read, silently; only a record that holds one is looked at again.
 */
final class StrictUtf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private StrictUtf8() {}

  static boolean holdsReplacement(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return text.toString().indexOf(REPLACEMENT) >= 0;
    }
    if (value instanceof IndexedRecord fields) {
      for (int i = 0; i < fields.getSchema().getFields().size(); i++) {
        if (holdsReplacement(fields.get(i))) {
          return true;
        }
      }
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().anyMatch(StrictUtf8::holdsReplacement)
          || map.values().stream().anyMatch(StrictUtf8::holdsReplacement);
    }
    return value instanceof Collection<?> items
        && items.stream().anyMatch(StrictUtf8::holdsReplacement);
  }

  /**
   * Reads records with strings as their bytes. To be kept for each schema: Avro remembers every
   * schema object that it has ever read with, and a new one for each record fills the heap.
   */
  static GenericDatumReader<Object> reader(Schema writer) {
    return new GenericDatumReader<>(JavaHints.without(writer));
  }

  /** Reads the record again, and checks each of its strings strictly. */
  static boolean isValid(Decoder record, GenericDatumReader<Object> reader) throws IOException {
    return valid(reader.read(null, record));
  }

  private static boolean valid(@Nullable Object value) {
    if (value instanceof Utf8 text) {
      return decodes(ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
    }
    if (value instanceof IndexedRecord fields) {
      for (int i = 0; i < fields.getSchema().getFields().size(); i++) {
        if (!valid(fields.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().allMatch(StrictUtf8::valid)
          && map.values().stream().allMatch(StrictUtf8::valid);
    }
    return !(value instanceof Collection<?> items) || items.stream().allMatch(StrictUtf8::valid);
  }

  private static boolean decodes(ByteBuffer bytes) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
