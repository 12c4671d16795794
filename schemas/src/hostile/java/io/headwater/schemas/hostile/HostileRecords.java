package io.headwater.schemas.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes hostile records for one topic out of healthy ones, from a seed: damaged bytes, and values
 * that follow the schema and make no sense. About one in eight is left healthy. One thread.
 */
public final class HostileRecords {
  private static final int HEAD = 5;
  private static final long NOW = 1_767_225_600_000L;

  private static final long[] VARINTS = {
    -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 100_000
  };

  private final Schema schema;
  private final List<byte[]> healthy = new ArrayList<>();
  private final List<byte[]> others = new ArrayList<>();
  private final Random random;
  private final HostileValues values;

  /**
   * Hostile records for a topic.
   *
   * @param healthy values of the topic, at least one
   * @param seed the same one gives the same records
   */
  public <V extends SpecificRecord> HostileRecords(
      SchemaRegistry registry, HeadwaterTopics topics, Topic<V> topic, List<V> healthy, long seed) {
    this.schema = topic.schema();
    this.random = new Random(seed);
    this.values = new HostileValues(random);
    healthy.forEach(value -> this.healthy.add(registry.encoder(topic).encode(value)));
    HealthyRecords.ofEveryOther(registry, topics, topic).forEach(others::add);
  }

  /** The next record. */
  public HostileRecord next() {
    int kind = random.nextInt(17);
    byte[] start = pick(healthy);
    return switch (kind) {
      case 0, 1 -> record(HostileRecord.HEALTHY, start);
      case 2, 3, 4, 5, 6, 7 -> record("odd values", perturbed(start));
      case 8 -> record("random bytes", values.bytes(random.nextInt(200)));
      case 9 -> record("cut", Arrays.copyOf(start, random.nextInt(start.length)));
      case 10 -> record("bits flipped", flipped(start));
      case 11 -> record("spliced", spliced(start, pick(random.nextBoolean() ? healthy : others)));
      case 12 -> record("varint", overwritten(start, varint()));
      case 13 -> record("schema id", ByteBuffer.wrap(start.clone()).putInt(1, id()).array());
      case 14 -> record("other type", pick(others));
      case 15 -> record("inserted", inserted(start));
      default -> small();
    };
  }

  /** One healthy value, cut at every length below its own. */
  public List<HostileRecord> everyCut() {
    byte[] whole = healthy.get(0);
    List<HostileRecord> cuts = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      cuts.add(record("cut at " + length, Arrays.copyOf(whole, length)));
    }
    return cuts;
  }

  private HostileRecord small() {
    return switch (random.nextInt(5)) {
      case 0 -> record("null", null);
      case 1 -> record("empty", new byte[0]);
      case 2 -> record("magic alone", new byte[] {0});
      case 3 -> record("head alone", Arrays.copyOf(healthy.get(0), HEAD));
      default -> record("text", "{\"text\": \"json, not Avro\"}".getBytes(UTF_8));
    };
  }

  private HostileRecord record(String kind, byte @Nullable [] value) {
    return new HostileRecord(kind, key(), value, headers(), timestamp());
  }

  private byte[] pick(List<byte[]> from) {
    return from.get(random.nextInt(from.size()));
  }

  private byte[] perturbed(byte[] start) {
    try {
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(schema)
              .read(
                  null, DecoderFactory.get().binaryDecoder(start, HEAD, start.length - HEAD, null));
      values.perturb(record);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(start, 0, HEAD);
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] flipped(byte[] start) {
    byte[] bytes = start.clone();
    for (int left = random.nextInt(8); left >= 0; left--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] spliced(byte[] front, byte[] back) {
    int kept = random.nextInt(front.length);
    int from = random.nextInt(back.length);
    byte[] bytes = Arrays.copyOf(front, kept + back.length - from);
    System.arraycopy(back, from, bytes, kept, back.length - from);
    return bytes;
  }

  private byte[] overwritten(byte[] start, byte[] by) {
    int at = HEAD + random.nextInt(start.length - HEAD);
    byte[] bytes = Arrays.copyOf(start, Math.max(start.length, at + by.length));
    System.arraycopy(by, 0, bytes, at, by.length);
    return bytes;
  }

  private byte[] inserted(byte[] start) {
    byte[] more =
        random.nextBoolean() ? values.bytes(1 + random.nextInt(20)) : new byte[] {-1, -64, -19};
    int at = HEAD + random.nextInt(start.length - HEAD + 1);
    byte[] bytes = Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, bytes, at, more.length);
    System.arraycopy(start, at, bytes, at + more.length, start.length - at);
    return bytes;
  }

  /** A length or a count that nothing here has; or one that has no end. */
  private byte[] varint() {
    if (random.nextInt(8) == 0) {
      byte[] endless = new byte[11];
      Arrays.fill(endless, (byte) 0xFF);
      return endless;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      encoder.writeLong(VARINTS[random.nextInt(VARINTS.length)]);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private int id() {
    return switch (random.nextInt(4)) {
      case 0 -> -1;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> 0;
      default -> 1 + random.nextInt(12);
    };
  }

  private byte @Nullable [] key() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> values.bytes(random.nextInt(60));
      case 3 -> values.bytes(random.nextInt(20) == 0 ? 60_000 : 8);
      default -> ("key-" + random.nextInt(50)).getBytes(UTF_8);
    };
  }

  private Headers headers() {
    RecordHeaders headers = new RecordHeaders();
    switch (random.nextInt(12)) {
      case 0 -> headers.add("none", null);
      case 1 -> headers.add("", new byte[0]);
      case 2 -> headers.add("headwater.replay.rounds", values.bytes(random.nextInt(12)));
      case 3 -> headers.add(values.scalars(20), values.bytes(30));
      case 4 -> headers.add("headwater.scored.at", values.bytes(8)).add("wide", new byte[5_000]);
      case 5 -> {
        for (int i = random.nextInt(200); i >= 0; i--) {
          headers.add("h" + i % 7, values.bytes(3));
        }
      }
      default -> headers.add("trace", new byte[] {1, 2, 3});
    }
    return headers;
  }

  private long timestamp() {
    return switch (random.nextInt(30)) {
      case 0 -> -1;
      case 1 -> 0;
      case 2 -> Long.MAX_VALUE;
      default -> NOW + random.nextInt(1_000);
    };
  }
}
