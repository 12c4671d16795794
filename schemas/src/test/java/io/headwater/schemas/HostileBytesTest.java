package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.wire;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.Decoded.Undecodable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Whatever the bytes are, the decoder answers, and does not take the memory of its neighbours. */
class HostileBytesTest {
  private static final RegisteredRiver RIVER = new RegisteredRiver();
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long[] LENGTHS = {
    1_000_000, 4_000_000, 64 * MEBIBYTE, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, -1
  };

  @Property(tries = 2_000)
  void randomBytesBehindAKnownIdGetAnAnswer(
      @ForAll @IntRange(max = 9) int n, @ForAll @Size(max = 200) byte[] body) {
    Topic<?> topic = TOPICS.all().get(n);

    answers(topic, wire(RIVER.id(topic), body));
  }

  @Property(tries = 2_000)
  void anyBytesGetAnAnswer(@ForAll @Size(max = 40) byte[] bytes) {
    answers(TOPICS.messages(), bytes);
  }

  @Property(tries = 3_000)
  void aDamagedRecordGetsAnAnswer(@ForAll @IntRange(max = 9) int n, @ForAll long seed) {
    Topic<?> topic = TOPICS.all().get(n);

    answers(topic, damaged(topic, new Random(seed)));
  }

  @Example
  void aHugeLengthOfATextIsRefusedWithoutMakingRoomForIt() {
    for (long length : LENGTHS) {
      byte[] body = written(out -> writeAll(out, 0, length));

      long allocated = allocatedBy(() -> assertMalformed(body));

      assertThat(allocated).as("length %d", length).isLessThan(4 * MEBIBYTE);
    }
  }

  @Example
  void aHugeCountOfItemsIsRefusedWithoutMakingRoomForThem() {
    for (long count : LENGTHS) {
      // id, text, language, source, author, conversation, sentAt; tasks of `count` items
      byte[] body = written(out -> writeAll(out, 0, 0, 0, 0, 0, 0, 0, 1, count));

      long allocated = allocatedBy(() -> assertMalformed(body));

      assertThat(allocated).as("count %d", count).isLessThan(4 * MEBIBYTE);
    }
  }

  @Example
  void aHugeCountOfAttributesIsRefusedWithoutMakingRoomForThem() {
    for (long count : LENGTHS) {
      // ... tasks, targetLanguage, explain; attributes of `count` entries, of which one is there
      byte[] body = written(out -> writeAll(out, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, count, 0, 0));

      long allocated = allocatedBy(() -> assertMalformed(body));

      assertThat(allocated).as("count %d", count).isLessThan(4 * MEBIBYTE);
    }
  }

  @Example
  void honestReplacementCharactersLeaveNothingBehind() {
    byte[] bytes = RIVER.encoded(RegisteredRiver.message("what a \uFFFD text"));
    Runnable many =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            assertThat(RIVER.messageDecoder().decode(bytes)).isInstanceOf(Healthy.class);
          }
        };
    many.run();
    long before = usedHeap();

    many.run();

    assertThat(usedHeap() - before).isLessThan(8 * MEBIBYTE);
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void assertMalformed(byte[] body) {
    var answer = RIVER.messageDecoder().decode(wire(RIVER.id(TOPICS.messages()), body));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Undecodable.class, bad -> assertThat(bad.cause()).isEqualTo(DeadLetterCause.MALFORMED));
  }

  /** Decodes; what is healthy can be written again, and is then the same. */
  private static <V extends SpecificRecord> void answers(Topic<V> topic, byte[] bytes) {
    RecordDecoder<V> decoder = RIVER.decoder(topic);
    Decoded<V> answer = decoder.decode(bytes);
    if (answer instanceof Healthy<V> healthy) {
      byte[] again = RIVER.encoder(topic).encode(healthy.value());
      assertThat(decoder.decode(again)).isEqualTo(answer);
    }
  }

  private static <V extends SpecificRecord> byte[] damaged(Topic<V> topic, Random random) {
    byte[] bytes = RIVER.encoder(topic).encode(RegisteredRiver.random(topic, random.nextInt(50)));
    for (int damage = random.nextInt(4); damage >= 0; damage--) {
      int at = 5 + random.nextInt(Math.max(1, bytes.length - 5));
      switch (random.nextInt(4)) {
        case 0 -> bytes[Math.min(at, bytes.length - 1)] = (byte) random.nextInt(256);
        case 1 -> bytes[Math.min(at, bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
          System.arraycopy(bytes, at, longer, Math.min(at + 3, bytes.length), bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeAll(BinaryEncoder out, long... numbers) throws IOException {
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
