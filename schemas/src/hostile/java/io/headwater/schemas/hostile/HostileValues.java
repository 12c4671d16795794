package io.headwater.schemas.hostile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Values that follow their schema and that nobody thought of. */
final class HostileValues {
  private static final long[] LONGS = {
    0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 40, -7
  };
  private static final double[] DOUBLES = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    -1,
    2,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "\t\r\n",
    "\u0000",
    "\u0000\u0007\u001b[31m",
    "\uFFFD",
    "\uFEFFmark",
    "\u202Eright to left\u202C",
    "e\u0301\u0301\u0301\u0301",
    "👩‍👩‍👧‍👦🏽",
    "𐏿\uDBFF\uDFFF",
    "en",
    "zz-Latn-XX-x-private",
    "i-klingon",
    "../../../etc/passwd",
    "%s%n%d{}",
    "sentiment",
    "translation",
    "poetry",
    "messages",
    "\"}],",
    "a/b/c",
    "positive",
    "-1"
  };
  private static final byte[][] NO_TEXTS = {
    {(byte) 0xFF},
    {(byte) 0xC3},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {'a', (byte) 0xE2, (byte) 0x82},
    {(byte) 0xC0, (byte) 0x80}
  };

  private final Random random;

  HostileValues(Random random) {
    this.random = random;
  }

  /** Replaces between one and three values somewhere in the record. */
  void perturb(GenericRecord record) {
    for (int left = random.nextInt(3); left >= 0; left--) {
      perturbOne(record);
    }
  }

  private void perturbOne(GenericRecord record) {
    List<Schema.Field> fields = record.getSchema().getFields();
    Schema.Field field = fields.get(random.nextInt(fields.size()));
    Object value = record.get(field.pos());
    boolean inside = random.nextInt(4) > 0;
    if (inside && value instanceof GenericRecord nested) {
      perturbOne(nested);
    } else if (inside
        && value instanceof List<?> items
        && !items.isEmpty()
        && items.get(random.nextInt(items.size())) instanceof GenericRecord nested) {
      perturbOne(nested);
    } else {
      record.put(field.pos(), of(field.schema(), 0));
    }
  }

  /** Any value of the schema. */
  private @Nullable Object of(Schema schema, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
      case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
      case STRING -> text(depth);
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(70)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case UNION -> of(schema.getTypes().get(random.nextInt(schema.getTypes().size())), depth);
      case ARRAY -> array(schema, depth);
      case MAP -> map(schema, depth);
      case RECORD -> record(schema, depth);
    };
  }

  private Object record(Schema schema, int depth) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema(), depth + 1));
    }
    return record;
  }

  private Object array(Schema schema, int depth) {
    int size = size(depth);
    List<@Nullable Object> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(of(schema.getElementType(), depth + 1));
    }
    return items;
  }

  private Object map(Schema schema, int depth) {
    int size = size(depth);
    Map<Object, @Nullable Object> entries = new HashMap<>();
    for (int i = 0; i < size; i++) {
      entries.put(i < 2 ? text(depth) : new Utf8("k" + i), of(schema.getValueType(), depth + 1));
    }
    return entries;
  }

  /** Mostly few, sometimes very many; never many inside many. */
  private int size(int depth) {
    int kind = random.nextInt(40);
    return kind == 0 && depth == 0 ? 2_000 : kind < 8 ? 0 : 1 + random.nextInt(3);
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> LONGS[random.nextInt(LONGS.length)];
      case 1 -> random.nextLong();
      case 2 -> random.nextInt(1_000);
      default -> Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() + random.nextInt();
    };
  }

  private Utf8 text(int depth) {
    int kind = random.nextInt(60);
    if (kind == 0 && depth < 2) {
      return new Utf8("long ".repeat(4_000));
    }
    if (kind < 10) {
      return new Utf8(NO_TEXTS[random.nextInt(NO_TEXTS.length)].clone());
    }
    if (kind < 20) {
      return new Utf8(scalars(random.nextInt(40)).getBytes(StandardCharsets.UTF_8));
    }
    return new Utf8(TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8));
  }

  /** Code points from all over Unicode. */
  String scalars(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(
          point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point);
    }
    return text.toString();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
