package io.headwater.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.DeadLetters;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterTableTest {
  private final ListedLetters listed = new ListedLetters(Letters.marks(Letters.mark("0@7", 40)), 3);

  @Test
  void columnsAreAsWideAsTheyMustBeAndNumbersEndWhereTheyEnd() {
    listed.letter(Letters.stored("0@7", 40));
    DeadLetter large =
        Letters.letter(
            "scorer",
            DeadLetterCause.RESULT_TOO_LARGE,
            Letters.record("tokens.sentiment", 100_000, null, new byte[2_048], Letters.rounds(3)));
    listed.letter(Letters.stored("12@100", large));

    assertThat(LetterTable.lines(listed.rows(), Integer.MAX_VALUE))
        .containsExactly(
            "address  time                  stage      cause             origin    "
                + "                 rounds  status       size  detail",
            "0@7      2026-01-31T12:00:00Z  tokenizer  NOT_AVRO          messages-1"
                + "@40                   0  replayed      5 B  why it died",
            "12@100   2026-01-31T12:00:00Z  scorer     RESULT_TOO_LARGE  tokens.sen"
                + "timent-1@100000       3  given up  2.0 KiB  why it died");
  }

  @Test
  void theDetailIsCutToTheTerminal() {
    DeadLetter wordy = Letters.stored("0@1", 40).letter();
    wordy.setDetail("x".repeat(300));
    listed.letter(Letters.stored("0@1", wordy));

    assertThat(LetterTable.lines(listed.rows(), 130).get(1)).hasSize(130).endsWith("xx…");
    assertThat(LetterTable.lines(listed.rows(), 10).get(1)).endsWith("  " + "x".repeat(23) + "…");
    assertThat(LetterTable.lines(listed.rows(), Integer.MAX_VALUE).get(1))
        .endsWith("x".repeat(300));
  }

  @Test
  void whatComesFromOutsideCannotMoveTheCursor() {
    DeadLetter evil = Letters.stored("0@1", 40).letter();
    evil.setTopic("a\u001B[2Jb");
    evil.setDetail("c\u001B[31m\nd");
    listed.letter(Letters.stored("0@1", evil));

    assertThat(String.join("", LetterTable.lines(listed.rows(), 200)))
        .doesNotContain("\u001B", "\n")
        .contains("a␛[2Jb-1@40", "c␛[31m d");
  }

  @Test
  void onlyTheNewestAreHeldAndAllAreCounted() {
    for (int i = 0; i < 5; i++) {
      DeadLetter letter = Letters.stored("0@0", 40 + i).letter();
      // The oldest comes last: partitions are read one after the other.
      letter.setTimestamp(Letters.NOON.minusSeconds(i));
      listed.letter(Letters.stored("0@" + i, letter));
    }

    assertThat(listed.rows())
        .extracting(row -> row.address().toString())
        .containsExactly("0@2", "0@1", "0@0");
    assertThat(listed.counts().letters()).isEqualTo(5);
  }

  @Test
  void theSumNamesCausesTheMostFrequentFirst() {
    listed.letter(Letters.stored("0@7", 40));
    listed.letter(
        Letters.stored("0@8", Letters.letter("tokenizer", DeadLetterCause.MALFORMED, record(41))));
    listed.letter(Letters.stored("0@9", 42));
    listed.unreadable(new LetterAddress(0, 10), "no");

    assertThat(listed.counts().sentence())
        .isEqualTo("3 letters; NOT_AVRO 2, MALFORMED 1; 2 new, 1 replayed; 1 that cannot be read");
    assertThat(listed.counts().byKind())
        .containsEntry(new LetterCounts.Kind("tokenizer", "NOT_AVRO"), 2L)
        .containsEntry(new LetterCounts.Kind("tokenizer", "MALFORMED"), 1L);
    assertThat(new LetterCounts().sentence()).isEqualTo("0 letters");
  }

  @Test
  void saysWhereThereIsNoValueAndWhereItWasNotKept() {
    DeadLetter empty =
        Letters.stored("0@1", Letters.record(1, null, null, new RecordHeaders())).letter();
    DeadLetter lost =
        Letters.stored("0@2", Letters.record(2, null, null, new RecordHeaders())).letter();
    lost.setDetail("Large. " + DeadLetters.NOT_KEPT);
    listed.letter(Letters.stored("0@1", empty));
    listed.letter(Letters.stored("0@2", lost));

    assertThat(listed.rows())
        .extracting(row -> row.cells().get(7))
        .isEqualTo(List.of("null", "not kept"));
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1048575,1024.0 KiB", "1572864,1.5 MiB"})
  void sizesHaveTheUnitThatSuitsThem(long bytes, String size) {
    assertThat(LetterRow.size(bytes)).isEqualTo(size);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return Letters.record(offset, Letters.KEY, Letters.JUNK, new RecordHeaders());
  }
}
