package io.headwater.load;

import io.headwater.schemas.TokenInts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * One way to have three lists of ints in an Avro record. Both ways go through Avro's generic reader
 * and writer, so that only the form differs. For one thread.
 */
final class TokenForm {
  private final Schema schema;
  private final Function<int[], Object> into;
  private final Function<Object, int[]> outOf;
  private final GenericDatumWriter<GenericRecord> writer;
  private final GenericDatumReader<GenericRecord> reader;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  private TokenForm(Schema item, Function<int[], Object> into, Function<Object, int[]> outOf) {
    this.schema =
        SchemaBuilder.record("Tokens")
            .fields()
            .name("ids")
            .type(item)
            .noDefault()
            .name("starts")
            .type(item)
            .noDefault()
            .name("ends")
            .type(item)
            .noDefault()
            .endRecord();
    this.into = into;
    this.outOf = outOf;
    this.writer = new GenericDatumWriter<>(schema);
    this.reader = new GenericDatumReader<>(schema);
  }

  /** Little-endian int32, one after another, in a field of bytes. */
  static TokenForm packed() {
    return new TokenForm(
        Schema.create(Schema.Type.BYTES),
        TokenInts::pack,
        value -> TokenInts.unpack((ByteBuffer) value));
  }

  /** An Avro array of int: each a zigzag varint. */
  static TokenForm array() {
    return new TokenForm(
        Schema.createArray(Schema.create(Schema.Type.INT)),
        values -> IntStream.of(values).boxed().toList(),
        value -> {
          Collection<?> items = (Collection<?>) value;
          int[] values = new int[items.size()];
          int next = 0;
          for (Object item : items) {
            values[next++] = (Integer) item;
          }
          return values;
        });
  }

  byte[] write(SampleTokens tokens) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    record.put("ids", into.apply(tokens.ids()));
    record.put("starts", into.apply(tokens.starts()));
    record.put("ends", into.apply(tokens.ends()));
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    writer.write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  SampleTokens read(byte[] record) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(record, decoder);
    GenericRecord read = reader.read(null, decoder);
    return new SampleTokens(
        outOf.apply(read.get("ids")),
        outOf.apply(read.get("starts")),
        outOf.apply(read.get("ends")));
  }
}
