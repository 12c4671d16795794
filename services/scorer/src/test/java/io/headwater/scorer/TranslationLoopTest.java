package io.headwater.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Translation;
import io.headwater.models.translation.Hypothesis;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.scorer.CommittedLog.Fault;
import io.headwater.scorer.translation.FakeTranslator;
import io.headwater.scorer.translation.TextSequences;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop with its second task: what holds for sentiment holds for translation. */
class TranslationLoopTest {
  private static final int ALL = 1_000_000;
  private static final int ONE_BY_ONE = 1;

  @Test
  void everyRecordIsAnsweredInItsPlaceInOneTransaction() {
    FakeRiver<Translation> river = FakeRiver.translating(new FakeTranslator(), ALL).assign(3);
    var skipped = TextSequences.of("skipped");
    skipped.setSkipReason("translation was not asked for");
    river
        .append(3, TextSequences.of("first", "Guten Tag.", " ", "Wie geht es?"))
        .append(3, "not Avro".getBytes(UTF_8))
        .append(3, TextSequences.of("culprit", "Ein " + FakeTranslator.CULPRIT))
        .append(3, skipped)
        .append(3, TextSequences.of("no text", "Eins."))
        .append(3, TextSequences.of("last", "Auf Wiedersehen."));

    river.run();

    assertThat(river.history(3))
        .containsExactly("first", "NOT_AVRO@1", "MODEL_FAILURE@2", "skipped", "no text", "last");
    assertThat(river.committed.transactions()).containsExactly(6);
    assertThat(river.committedOffset(3)).isEqualTo(6);
    List<ProducerRecord<byte[], byte[]>> records = river.committed.records();
    assertThat(river.result(records.get(0)).getText()).isEqualTo("Guten Tag. Wie geht es?");
    assertThat(records.get(0).topic()).isEqualTo("scores.translation");
    assertThat(records.get(0).headers().lastHeader("headwater.translated.at").value())
        .isEqualTo(Long.toString(FakeRiver.NOW).getBytes(UTF_8));
    for (int offset = 0; offset < records.size(); offset++) {
      assertThat(records.get(offset).partition()).isEqualTo(3);
      assertThat(records.get(offset).timestamp()).isEqualTo(1_000 + offset);
    }
    DeadLetter letter = river.letter(records.get(2));
    assertThat(letter.getStage()).isEqualTo("scorer");
    assertThat(letter.getTopic()).isEqualTo("tokens.translation");
  }

  @Test
  void metricsAreThoseOfTheTask() {
    FakeRiver<Translation> river = FakeRiver.translating(new FakeTranslator(), ALL).assign(0);
    var english = TextSequences.of("english");
    english.setText("Hello.");
    english.setLanguage("en");
    river.append(0, TextSequences.of("german", "Hallo.")).append(0, english).append(0, new byte[9]);

    river.run();

    assertThat(counted(river, "headwater.records.in")).isEqualTo(3);
    assertThat(counted(river, "headwater.records.out", "label", "translated")).isEqualTo(1);
    assertThat(counted(river, "headwater.records.out", "label", "passed-through")).isEqualTo(1);
    assertThat(counted(river, "headwater.dead.letters")).isEqualTo(1);
    assertThat(counted(river, "headwater.tokens")).isEqualTo(8);
    assertThat(counted(river, "headwater.tokens.generated")).isEqualTo(6);
    assertThat(river.meters.find("headwater.padding.share").gauge()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverBefallsATransactionEveryRecordIsCommittedOnceWithTheSameBytes(Fault fault) {
    FakeRiver<Translation> river =
        FakeRiver.translating(new FakeTranslator(), ONE_BY_ONE).assign(0);
    FakeRiver<Translation> calm = FakeRiver.translating(new FakeTranslator(), ALL).assign(0);
    for (int i = 0; i < 4; i++) {
      river.append(0, TextSequences.of("0-" + i, "Satz " + i + "."));
      calm.append(0, TextSequences.of("0-" + i, "Satz " + i + "."));
    }
    river.committed.meet(List.of(Fault.NONE, fault));

    river.run();
    calm.run();

    assertThat(river.history(0)).containsExactly("0-0", "0-1", "0-2", "0-3");
    assertThat(river.committed.records().stream().map(ProducerRecord::value))
        .containsExactlyElementsOf(
            calm.committed.records().stream().map(ProducerRecord::value).toList());
  }

  @Test
  void aTextThatTakesMinutesKeepsTheMembershipBetweenDecodingSteps() {
    FakeRiver<Translation> river = FakeRiver.translating(new FakeTranslator(), ALL).assign(0);
    river.append(0, TextSequences.of("long", sentences(100)));
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);

    river.run();

    assertThat(river.history(0)).containsExactly("long");
    assertThat(river.consumer.pollsWhilePaused()).isGreaterThan(100);
  }

  @Test
  void aUnitWhosePartitionIsTakenWhileTheModelDecodesIsGivenUpWhole() {
    FakeTranslator model = new FakeTranslator();
    FakeRiver<Translation> river = FakeRiver.translating(model, ALL).assign(0, 1);
    river.append(0, TextSequences.of("stays", "Eins."));
    river.append(1, TextSequences.of("goes", sentences(20)));
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);
    river.assign(0);

    river.run();

    assertThat(river.history(1)).isEmpty();
    assertThat(river.committedOffset(1)).isZero();
    assertThat(river.history(0)).containsExactly("stays");
  }

  @Test
  void aShutDownDoesNotWaitForTheEndOfALongText() {
    Runnable[] action = {() -> {}};
    FakeTranslator model =
        new FakeTranslator() {
          @Override
          public List<Hypothesis> translate(
              List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
            action[0].run();
            return super.translate(sources, targetLanguage, explain, pulse);
          }
        };
    FakeRiver<Translation> river = FakeRiver.translating(model, ALL).assign(0);
    action[0] = river.loop::shutDown;
    river.append(0, TextSequences.of("long", sentences(500)));
    river.nanosALook = TimeUnit.SECONDS.toNanos(3);

    river.run();

    assertThat(river.committed.transactions()).isEmpty();
    assertThat(model.calls()).hasSize(1);
    assertThat(river.closedClients()).containsExactly("consumer", "producers");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void aModelThatFailsOnEverythingEmptiesNothingIntoTheDeadLetters() {
    int[] failures = {0};
    FakeTranslator mended =
        new FakeTranslator() {
          @Override
          public List<Hypothesis> translate(
              List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
            if (failures[0] < 90) {
              failures[0] += sources.size() == 1 ? 1 : 0;
              throw new IllegalStateException("broken graph");
            }
            return super.translate(sources, targetLanguage, explain, pulse);
          }
        };
    FakeRiver<Translation> river =
        FakeRiver.translating(mended, ALL, new BreakerOptions(20, 0.5, Duration.ofMillis(100)))
            .assign(0);
    for (int i = 0; i < 30; i++) {
      river.append(0, TextSequences.of("0-" + i, "Satz."));
    }

    river.run();

    assertThat(river.history(0)).hasSize(30).noneMatch(entry -> entry.contains("MODEL_FAILURE"));
  }

  private static double counted(FakeRiver<Translation> river, String name, String... tags) {
    return river.meters.get(name).tag("task", "translation").tags(tags).counter().count();
  }

  private static String[] sentences(int count) {
    String[] parts = new String[2 * count];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = i % 2 == 1 ? " " : "Satz Nummer " + i + ".";
    }
    return parts;
  }
}
