package io.headwater.cli.letters;

import static io.headwater.cli.letters.Letters.JUNK;
import static io.headwater.cli.letters.Letters.KEY;
import static io.headwater.cli.letters.Letters.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.ReplayedLetter;
import io.headwater.cli.letters.OriginalRecords.Search;
import io.headwater.cli.letters.ReplayJudge.Verdict;
import io.headwater.schemas.DeadLetters;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayJudgeTest {
  private static final Places EVERYWHERE = (topic, partition) -> Optional.empty();

  @ParameterizedTest
  @CsvSource({"0,3,1", "1,3,2", "2,3,3", "3,3,0", "4,3,0", "3,4,4", "0,1,1", "1,1,0"})
  void countsTheRoundsAndGivesUpAtTheMost(int before, int most, int sentAs) {
    StoredLetter letter = stored("0@7", Letters.record(40, KEY, JUNK, Letters.rounds(before)));

    Verdict verdict = judge(Letters.marks(), EVERYWHERE, most, false).judge(letter);

    if (sentAs == 0) {
      assertThat(verdict).isEqualTo(new Verdict.GivenUp(before));
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Send.class, send -> assertThat(send.outgoing().rounds()).isEqualTo(sentAs));
    }
  }

  @Test
  void theRecordIsTheSameButForTheRounds() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {1}).add(DeadLetters.ROUNDS_HEADER, "1".getBytes(UTF_8));
    headers.add("trace", null).add(DeadLetters.ROUNDS_HEADER, "2".getBytes(UTF_8));
    StoredLetter letter = stored("0@7", Letters.record(40, null, JUNK, headers));

    Verdict verdict = judge(Letters.marks(), EVERYWHERE, 3, false).judge(letter);

    Outgoing outgoing = ((Verdict.Send) verdict).outgoing();
    ProducerRecord<byte[], byte[]> sent = outgoing.record().replayed(outgoing.rounds());
    assertThat(sent.topic()).isEqualTo("messages");
    assertThat(sent.partition()).isEqualTo(1);
    assertThat(sent.timestamp()).isEqualTo(Letters.NOON.toEpochMilli());
    assertThat(sent.key()).isNull();
    assertThat(sent.value()).isEqualTo(JUNK);
    assertThat(sent.headers().toArray())
        .containsExactly(
            new RecordHeaders()
                .add("trace", new byte[] {1})
                .add("trace", null)
                .add(DeadLetters.ROUNDS_HEADER, "3".getBytes(UTF_8))
                .toArray());
  }

  @Test
  void whatIsMarkedIsLeftAloneUnlessItShallGoAgain() {
    ReplayMarks marks = Letters.marks(Letters.mark("0@7", 40));

    assertThat(judge(marks, EVERYWHERE, 3, false).judge(stored("0@7", 40)))
        .isEqualTo(new Verdict.Already());
    assertThat(judge(marks, EVERYWHERE, 3, false).judge(stored("0@8", 41)))
        .isInstanceOf(Verdict.Send.class);
    assertThat(judge(marks, EVERYWHERE, 3, true).judge(stored("0@7", 40)))
        .isInstanceOf(Verdict.Send.class);
  }

  @Test
  void aMarkIsNotForAnotherLetterThatTookTheAddress() {
    ReplayMarks marks = Letters.marks(Letters.mark("0@7", 40));

    assertThat(marks.of(stored("0@7", 39))).isEmpty();
    assertThat(marks.of(stored("0@7", 40))).isPresent();
  }

  @Test
  void aMarkThatWasTakenBackDoesNotCount() {
    ReplayMarks marks = Letters.marks(Letters.mark("0@7", 40), Letters.mark("0@8", 41));

    marks.take(
        Letters.record("marks", 2, "0@7".getBytes(UTF_8), null, new RecordHeaders()),
        Letters.registry().decoder(Letters.TOPICS.replayedLetters()));

    assertThat(marks.of(stored("0@7", 40))).isEmpty();
    assertThat(marks.of(stored("0@8", 41))).isPresent();
  }

  @Test
  void theLastOfSeveralMarksCounts() {
    ReplayedLetter second = Letters.mark("0@7", 40);
    second.setRounds(2);

    assertThat(Letters.marks(Letters.mark("0@7", 40), second).of(stored("0@7", 40)))
        .hasValueSatisfying(mark -> assertThat(mark.rounds()).isEqualTo(2));
  }

  @Test
  void aPlaceThatIsNotThereMakesItImpossible() {
    Places nowhere = (topic, partition) -> Optional.of("no %s-%d".formatted(topic, partition));

    assertThat(judge(Letters.marks(), nowhere, 3, false).judge(stored("0@7", 40)))
        .isEqualTo(new Verdict.Impossible("no messages-1"));
  }

  @Test
  void theRoundsOfARecordThatWasNotKeptAreThoseOfItsOrigin() {
    DeadLetter letter = stored("0@7", 40).letter();
    letter.setKey(null);
    letter.setValue(null);
    letter.setDetail("Large. " + DeadLetters.NOT_KEPT);
    OriginalRecord origin = OriginalRecord.of(Letters.record(40, KEY, JUNK, Letters.rounds(3)));

    ReplayJudge judge =
        new ReplayJudge(Letters.marks(), stored -> new Search.Found(origin), EVERYWHERE, 3, false);

    assertThat(judge.judge(stored("0@7", letter))).isEqualTo(new Verdict.GivenUp(3));
  }

  private static ReplayJudge judge(ReplayMarks marks, Places places, int most, boolean again) {
    return new ReplayJudge(
        marks, stored -> new Search.Found(OriginalRecord.of(stored.letter())), places, most, again);
  }
}
