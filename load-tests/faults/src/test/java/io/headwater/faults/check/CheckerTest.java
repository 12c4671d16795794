package io.headwater.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TextSource;
import io.headwater.faults.model.Expected;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.traffic.Planned;
import io.headwater.faults.traffic.Texts;
import io.headwater.faults.traffic.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final int SENT = 200;
  private static final int PARTITION = 2;

  private final Traffic traffic =
      new Traffic("run", 7, Instant.EPOCH.plusSeconds(60), new Texts(List.of("one", "two"), 1, 20));
  private final Checker checker = new Checker(traffic, CheckerTest::expected);
  private final List<Insight> insights = new ArrayList<>();
  private boolean windowsAreWhole = true;

  @BeforeEach
  void aRunWithoutFaults() {
    for (int i = 0; i < SENT; i++) {
      insights.add(insight(i));
    }
  }

  @Test
  void aFaultlessRunIsClean() {
    assertThat(verdict().isClean()).isTrue();
    assertThat(verdict().insights()).isEqualTo(SENT);
  }

  @Test
  void aMessageWithoutInsightIsLost() {
    insights.remove(17);
    insights.remove(SENT - 2);

    assertThat(verdict().lost()).isEqualTo(2);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void aSecondInsightOfTheSameOriginIsADuplicate() {
    insights.add(insight(17));

    assertThat(verdict().duplicated()).isEqualTo(1);
    assertThat(verdict().outOfOrder()).isZero();
  }

  @Test
  void aSecondInsightOfTheSameMessageFromAnotherOriginIsADuplicate() {
    Insight again = insight(17);
    Origin elsewhere = new Origin("messages", PARTITION, 9_999L);
    again.setOrigin(elsewhere);
    again.getSentiment().setOrigin(elsewhere);
    insights.add(again);

    assertThat(verdict().duplicated()).isEqualTo(1);
  }

  @Test
  void twoMessagesFromOneOriginAreADuplicate() {
    Origin taken = insights.get(17).getOrigin();
    change(18, insight -> insight.setOrigin(taken));
    change(18, insight -> insight.getSentiment().setOrigin(taken));

    assertThat(verdict().duplicated()).isEqualTo(1);
  }

  @Test
  void aSecondScoreOfAMessageIsADuplicateAlthoughNoInsightShowsIt() {
    Origin origin = insights.get(17).getOrigin();
    checker.onTheWay("tokens.sentiment", origin);
    checker.onTheWay("scores.sentiment", origin);
    checker.onTheWay("scores.sentiment", origin);

    assertThat(verdict().duplicated()).isEqualTo(1);
  }

  @Test
  void anInsightAfterALaterOneOfItsKeyIsOutOfOrder() {
    int[] pair = twoOfOneKey();
    Insight first = insights.get(pair[0]);
    insights.set(pair[0], insights.get(pair[1]));
    insights.set(pair[1], first);

    assertThat(verdict().outOfOrder()).isEqualTo(1);
    assertThat(verdict().lost()).isZero();
  }

  @Test
  void otherKeysMayOvertake() {
    int other = 1;
    while (traffic.message(other).key().equals(traffic.message(0).key())) {
      other++;
    }
    // To the front, and nobody of its own key is passed since it is the first of it.
    insights.add(0, insights.remove(other));

    assertThat(verdict().isClean()).isTrue();
  }

  @Test
  void aChangedTextIsWrongContent() {
    change(17, insight -> insight.getMessage().setText("something else"));

    assertWrong("text");
  }

  @Test
  void aChangedAttributeIsWrongContent() {
    change(
        17,
        insight -> {
          Map<String, String> attributes = new HashMap<>(insight.getMessage().getAttributes());
          attributes.put("check", "0");
          insight.getMessage().setAttributes(attributes);
        });

    assertWrong("attributes");
  }

  @Test
  void aProbabilityThatIsOffByOneBitIsWrongContent() {
    change(
        17,
        insight -> {
          LabelProbability first = insight.getSentiment().getProbabilities().get(0);
          first.setProbability(Math.nextUp(first.getProbability()));
        });

    assertWrong("the model says");
  }

  @Test
  void theScoreOfAnotherMessageIsWrongContent() {
    change(17, insight -> insight.setSentiment(insights.get(18).getSentiment()));

    assertWrong("score of another message");
  }

  @Test
  void anInsightWithoutSentimentIsWrongContent() {
    change(17, insight -> insight.setSentiment(null));

    assertWrong("no sentiment");
  }

  @Test
  void anotherKeyIsWrongContent() {
    Insight insight = insights.remove(17);
    checker.insight(new Place(PARTITION, "stranger"), insight);

    assertWrong("key stranger");
  }

  @Test
  void anotherPartitionIsWrongContent() {
    Insight insight = insights.remove(17);
    checker.insight(new Place(PARTITION + 1, traffic.message(17).key()), insight);

    assertWrong("left its partition");
  }

  @Test
  void aMessageThatNobodySentIsWrongContent() {
    insights.add(insight(SENT + 5));
    assertWrong("never sent");
  }

  @Test
  void aDeadLetterIsNotClean() {
    DeadLetter letter = new DeadLetter();
    letter.setTopic("messages");
    letter.setStage("scorer");
    letter.setCause("MODEL_FAILURE");
    letter.setDetail("");
    checker.deadLetter(letter);

    assertThat(verdict().deadLetters()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void aWindowThatCountsAMessageTwiceIsFound() {
    windowsAreWhole = false;

    assertThat(verdict().windowsMissing()).isEqualTo(1);
  }

  private void assertWrong(String why) {
    Verdict verdict = verdict();
    assertThat(verdict.wrongContent()).isEqualTo(1);
    assertThat(verdict.isClean()).isFalse();
    assertThat(String.join("\n", verdict.examples())).contains(why);
  }

  private Verdict verdict() {
    for (Insight insight : insights) {
      long index = traffic.indexOf(insight.getMessageId()).orElseThrow();
      checker.insight(new Place(PARTITION, traffic.message(index).key()), insight);
    }
    insights.clear();
    checker.window(window(3));
    checker.window(window(checker.answered() + (windowsAreWhole ? 0 : 1)));
    return checker.verdict(SENT);
  }

  private static SentimentWindow window(long count) {
    SentimentWindow window = new SentimentWindow();
    window.setSource("chat");
    window.setLanguage("en");
    window.setWindowStart(Instant.EPOCH);
    window.setWindowSizeMs(3_600_000);
    window.setCount(count);
    window.setLabels(List.of());
    return window;
  }

  private void change(int index, Consumer<Insight> change) {
    change.accept(insights.get(index));
  }

  private int[] twoOfOneKey() {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < SENT; i++) {
      Integer before = seen.put(traffic.message(i).key(), i);
      if (before != null) {
        return new int[] {before, i};
      }
    }
    throw new IllegalStateException("No key came twice");
  }

  private Insight insight(int index) {
    Planned planned = traffic.message(index);
    Origin origin = new Origin("messages", PARTITION, (long) index);
    Insight insight = new Insight();
    insight.setMessageId(planned.message().getId());
    insight.setOrigin(origin);
    insight.setMessage(Message.newBuilder(planned.message()).build());
    insight.setLanguage("en");
    insight.setSentiment(score(planned, origin));
    insight.setSkipped(List.of());
    return insight;
  }

  private static SentimentScore score(Planned planned, Origin origin) {
    Expected expected = expected(planned.text());
    List<LabelProbability> probabilities = new ArrayList<>();
    for (int i = 0; i < TinyModel.LABELS.size(); i++) {
      probabilities.add(
          new LabelProbability(TinyModel.LABELS.get(i), expected.probabilities().get(i)));
    }
    SentimentScore score = new SentimentScore();
    score.setMessageId(planned.message().getId());
    score.setOrigin(origin);
    score.setModel(new ModelRef("faults-tiny", "1.0.0"));
    score.setProvenance(new Provenance("", "", "", ""));
    score.setLanguage("en");
    score.setTextSource(TextSource.ORIGINAL);
    score.setLabel(expected.label());
    score.setProbabilities(probabilities);
    score.setSegmentCount(expected.segments());
    score.setTokenCount(expected.tokens());
    score.setPlannedTasks(List.of("sentiment"));
    return score;
  }

  private static Expected expected(int text) {
    float negative = text / 100f;
    return new Expected("positive", List.of(negative, 0.1f, 0.9f - negative), text + 1, 1);
  }
}
