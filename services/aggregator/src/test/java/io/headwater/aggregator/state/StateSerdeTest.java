package io.headwater.aggregator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.aggregator.avro.PendingRecord;
import io.headwater.aggregator.avro.WindowSample;
import io.headwater.aggregator.join.ArrivedMessage;
import io.headwater.aggregator.join.Pending;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.aggregator.topology.Records;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class StateSerdeTest {
  private static Pending roundTrip(Pending pending) {
    PendingSerde serde = new PendingSerde();
    return serde.deserializer().deserialize("", serde.serializer().serialize("", pending));
  }

  @Test
  void keepsEveryPartOfAPendingEntry() {
    Pending pending =
        Pending.since(5)
            .with(new ArrivedMessage(new byte[] {1, 2}, 7, Records.message("a", "text")))
            .with(Records.score(1, 0.8, 0.1), new TaskSteps(3, -1, 4, 9))
            .with(
                Records.translation(1, List.of("sentiment", "translation")),
                new TaskSteps(1, 7, 2, 8));

    Pending read = roundTrip(pending);

    assertThat(read.since()).isEqualTo(5);
    assertThat(read.sentiment()).isEqualTo(pending.sentiment());
    assertThat(read.translation()).isEqualTo(pending.translation());
    assertThat(read.steps()).isEqualTo(pending.steps());
    ArrivedMessage message = read.message().orElseThrow();
    assertThat(message.key()).containsExactly(1, 2);
    assertThat(message.timestamp()).isEqualTo(7);
    assertThat(message.message()).isEqualTo(Records.message("a", "text"));
  }

  @Test
  void readsAPendingEntryThatWasWrittenBeforeStepsWereKept() throws Exception {
    Schema first = EarlierSchemas.of(PendingRecord.class, 1)[0];
    ByteBuffer written =
        new BinaryMessageEncoder<>(GenericData.get(), first)
            .encode(
                new GenericRecordBuilder(first)
                    .set("since", 5L)
                    .set(
                        "sentiment",
                        ByteBuffer.wrap(
                            StateSerde.of(SentimentScore.class).encode(Records.score(1, 0.8, 0.1))))
                    .build());
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);

    Pending read = new PendingSerde().deserializer().deserialize("", bytes);

    assertThat(read.since()).isEqualTo(5);
    assertThat(read.sentiment()).contains(Records.score(1, 0.8, 0.1));
    assertThat(read.steps()).isEqualTo(Pending.Steps.NONE);
  }

  @Test
  @SuppressWarnings("NullAway") // it does not see the array's annotation in a compiled record
  void tellsAnAbsentKeyFromAnEmptyOne() {
    Pending none = Pending.since(0).with(new ArrivedMessage(null, 7, Records.message("a", "text")));
    Pending empty =
        Pending.since(0).with(new ArrivedMessage(new byte[0], 7, Records.message("a", "text")));

    assertThat(roundTrip(none).message().orElseThrow().key()).isNull();
    assertThat(roundTrip(empty).message().orElseThrow().key()).isEmpty();
  }

  @Test
  void readsWhatAnEarlierVersionWrote() throws Exception {
    Schema earlier =
        SchemaBuilder.record("WindowSample")
            .namespace("io.headwater.aggregator.avro")
            .fields()
            .requiredString("label")
            .requiredInt("polarityNanos")
            .endRecord();
    ByteBuffer written =
        new BinaryMessageEncoder<>(GenericData.get(), earlier)
            .encode(
                new GenericRecordBuilder(earlier)
                    .set("label", "positive")
                    .set("polarityNanos", 3)
                    .build());

    assertThat(StateSerde.of(WindowSample.class, earlier).decode(written))
        .isEqualTo(new WindowSample("positive", 3L));
    assertThatThrownBy(() -> StateSerde.of(WindowSample.class).decode(written))
        .isInstanceOf(SerializationException.class);
  }

  @Property(tries = 200)
  void givesTwoSeriesTwoKeysAndReadsThemBack(
      @ForAll String source, @ForAll String language, @ForAll String otherSource) {
    var serde = StoreKeys.series();
    SeriesKey key = new SeriesKey(readable(source), readable(language));
    SeriesKey other = new SeriesKey(readable(otherSource), readable(language));

    byte[] bytes = serde.serializer().serialize("", key);
    byte[] otherBytes = serde.serializer().serialize("", other);

    assertThat(serde.deserializer().deserialize("", bytes)).isEqualTo(key);
    assertThat(Arrays.equals(bytes, otherBytes)).isEqualTo(key.equals(other));
  }

  @Property(tries = 200)
  void keepsOriginsInTheOrderOfTheirOffsets(
      @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
    byte[] first = StoreKeys.of(new Origin("messages", 3, a));
    byte[] second = StoreKeys.of(new Origin("messages", 3, b));

    assertThat(Integer.signum(Arrays.compareUnsigned(first, second)))
        .isEqualTo(Long.signum(Long.compare(a, b)));
  }

  // Unpaired surrogates cannot come out of a record: its strings were UTF-8.
  private static String readable(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
