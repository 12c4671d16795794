package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headwater.avro.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
  private final RegisteredRiver river = new RegisteredRiver();
  private final RecordEncoder<Message> encoder = river.encoder(TOPICS.messages());

  @Test
  void beginsWithTheMagicByteAndTheSchemasId() {
    byte[] bytes = encoder.encode(message("hello"));

    assertThat(bytes[0]).isZero();
    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(river.id(TOPICS.messages()));
  }

  @Test
  void aNullStaysANull() {
    assertThat(encoder.serialize("any", null)).isNull();
  }

  @Test
  void aRefusedValueLeavesNothingInTheNextRecord() {
    byte[] expected = encoder.encode(message("good"));
    Message refused = message("the start of a record that is never finished");
    refused.setAttributes(Map.of("key", "value"));
    refused.put("source", null);

    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> encoder.encode(refused));

    assertThat(encoder.encode(message("good"))).isEqualTo(expected);
  }

  @Test
  void threadsDoNotMixTheirRecords() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> work =
          IntStream.range(0, 8).mapToObj(n -> (Callable<Boolean>) () -> comesBack(n)).toList();

      for (Future<Boolean> result : threads.invokeAll(work)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean comesBack(int n) {
    RecordDecoder<Message> decoder = river.messageDecoder();
    return IntStream.range(0, 500)
        .mapToObj(i -> message(("text of thread " + n + " ").repeat(i % 50)))
        .allMatch(
            message ->
                decoder.decode(encoder.encode(message)).equals(new Decoded.Healthy<>(message)));
  }
}
