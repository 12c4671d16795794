package io.headwater.cli.letters;

import static io.headwater.cli.letters.Letters.TOPICS;
import static io.headwater.cli.letters.Letters.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.avro.ReplayedLetter;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.letters.Dispatch.Refused;
import io.headwater.cli.letters.OriginalRecords.Search;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.SchemaRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplayRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final SchemaRegistry registry = Letters.registry();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void aLetterAndItsMarkAreInOneTransaction() {
    producer.initTransactions();
    Outgoing outgoing = outgoing(stored("3@1042", 40));

    assertThat(transactions().stage(List.of(outgoing))).isEmpty();

    assertThat(producer.history()).as("nothing is sent outside a transaction").isEmpty();
    producer.commitTransaction();
    assertThat(producer.history()).hasSize(2);
    assertThat(producer.history().get(0)).isEqualTo(outgoing.record().replayed(1));
    var mark = producer.history().get(1);
    assertThat(mark.topic()).isEqualTo("dead-letters.replayed");
    assertThat(mark.key()).isEqualTo(new LetterAddress(3, 1042).key());
    assertThat(registry.decoder(TOPICS.replayedLetters()).decode(mark.value()))
        .isEqualTo(
            new Healthy<>(new ReplayedLetter(3, 1042L, "messages", 1, 40L, 1, Letters.NOON)));
  }

  @Test
  void aRunThatWasShutOutSaysThatAnotherTookOver() {
    producer.initTransactions();
    producer.fenceProducer();

    assertThatThrownBy(() -> transactions().send(List.of(outgoing(stored("3@1042", 40)))))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("another `headwater dead-letters replay` of this river");
  }

  @Test
  void aFailedChunkIsTakenBack() {
    producer.initTransactions();
    producer.commitTransactionException = new TimeoutException("late");

    assertThatThrownBy(() -> transactions().send(List.of(outgoing(stored("3@1042", 40)))))
        .isInstanceOf(TimeoutException.class);
    assertThat(producer.transactionAborted()).isTrue();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void lettersGoInChunksAndNoneIsForgotten() {
    List<Integer> chunks = new ArrayList<>();
    ReplayRun run =
        run(
            chunk -> {
              chunks.add(chunk.size());
              return List.of();
            });

    IntStream.range(0, 1_100).forEach(i -> run.letter(stored("0@" + i, i)));
    run.flush();
    run.flush();

    assertThat(chunks).containsExactly(500, 500, 100);
  }

  @Test
  void largeRecordsMakeSmallChunks() {
    List<Integer> chunks = new ArrayList<>();
    ReplayRun run =
        run(
            chunk -> {
              chunks.add(chunk.size());
              return List.of();
            });
    byte[] value = new byte[3 << 20];

    for (int i = 0; i < 5; i++) {
      run.letter(stored("0@" + i, Letters.record(i, Letters.KEY, value, new RecordHeaders())));
    }
    run.flush();

    assertThat(chunks).containsExactly(2, 2, 1);
  }

  @Test
  void theSumCountsEveryFate() {
    ReplayReport report = report(false);
    ReplayRun run =
        new ReplayRun(
            judge(), chunk -> List.of(new Refused(chunk.get(1), "it is too large")), report);
    run.letter(stored("0@1", 41));
    run.letter(stored("0@2", 42));
    run.letter(stored("0@3", 43));
    run.letter(stored("0@7", 40));
    run.letter(stored("0@8", Letters.record(44, Letters.KEY, Letters.JUNK, Letters.rounds(3))));
    run.unreadable(new LetterAddress(0, 9), "the value\u001B[2J is junk");

    run.flush();
    report.sum();

    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "2 replayed, 1 skipped (already replayed), 1 given up, 2 impossible\n");
    assertThat(err.toString().lines())
        .containsExactly(
            "0@8 is given up: it has been replayed 3 times already",
            "0@9 cannot be replayed: it is not a dead letter (the value␛[2J is junk)",
            "0@2 cannot be replayed: it is too large");
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void manyComplaintsDoNotFloodTheTerminal() {
    ReplayReport report = report(false);

    IntStream.range(0, 100).forEach(i -> report.givenUp(new LetterAddress(0, i), 3));
    report.sum();

    assertThat(err.toString().lines()).hasSize(ReplayReport.MOST_LINES + 1);
    assertThat(out.toString()).contains("100 given up");
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void aDryRunSaysWhatWouldGoWhere() {
    ReplayReport report = report(true);

    report.replayed(outgoing(stored("3@1042", 40)));
    report.sum();

    assertThat(out.toString().lines())
        .containsExactly(
            "3@1042 would go to messages-1, round 1  (tokenizer NOT_AVRO)",
            "dry run, nothing was sent: 1 would be replayed, 0 skipped (already replayed),"
                + " 0 given up, 0 impossible");
  }

  private ReplayTransactions transactions() {
    return new ReplayTransactions(
        producer,
        TOPICS.replayedLetters(),
        registry.encoder(TOPICS.replayedLetters()),
        InstantSource.fixed(Letters.NOON));
  }

  private ReplayRun run(Dispatch dispatch) {
    return new ReplayRun(judge(), dispatch, report(false));
  }

  private ReplayReport report(boolean dryRun) {
    return new ReplayReport(new PrintWriter(out), new PrintWriter(err), dryRun);
  }

  private static ReplayJudge judge() {
    return new ReplayJudge(
        Letters.marks(Letters.mark("0@7", 40)),
        stored -> new Search.Found(OriginalRecord.of(stored.letter())),
        (topic, partition) -> Optional.empty(),
        3,
        false);
  }

  private static Outgoing outgoing(StoredLetter stored) {
    return new Outgoing(stored, OriginalRecord.of(stored.letter()), 1);
  }
}
