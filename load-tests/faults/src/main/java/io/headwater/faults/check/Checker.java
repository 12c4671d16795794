package io.headwater.faults.check;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.Origin;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.faults.model.Expected;
import io.headwater.faults.traffic.Planned;
import io.headwater.faults.traffic.Traffic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Holds what comes out against what was sent: each message exactly once, in the order of its key,
 * with its own content and with the score that the model gives to its text. Thread-safe.
 */
public final class Checker {
  private static final int EXAMPLES = 10;
  private static final long HOUR_MILLIS = 3_600_000;

  private final Traffic traffic;
  private final IntFunction<Expected> reference;
  private final BitSet answered = new BitSet();
  private final Set<Origin> origins = new HashSet<>();
  private final Map<String, Set<Origin>> originsOnTheWay = new HashMap<>();
  private final Map<String, Integer> newestOfKey = new HashMap<>();
  private final Map<List<Object>, Long> windows = new HashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long insights;
  private long duplicated;
  private long outOfOrder;
  private long wrongContent;
  private long deadLetters;

  /**
   * A checker that has seen nothing yet.
   *
   * @param reference what the model says, by number of the text
   */
  public Checker(Traffic traffic, IntFunction<Expected> reference) {
    this.traffic = traffic;
    this.reference = reference;
  }

  /**
   * Takes the next insight of a partition, in the order of its offsets.
   *
   * @return the number of its message; empty when it is none that was sent
   */
  public synchronized OptionalLong insight(Place place, Insight insight) {
    insights++;
    OptionalLong index = traffic.indexOf(insight.getMessageId());
    if (index.isEmpty()) {
      wrong(insight.getMessageId(), "was never sent");
      return index;
    }
    Planned planned = traffic.message(index.getAsLong());
    boolean knownOrigin = !origins.add(insight.getOrigin());
    if (answered.get((int) planned.index()) || knownOrigin) {
      duplicated++;
      example("%s came twice".formatted(insight.getMessageId()));
    } else {
      checkOrder(planned);
    }
    answered.set((int) planned.index());
    String difference = difference(place, planned, insight);
    if (!difference.isEmpty()) {
      wrong(insight.getMessageId(), difference);
    }
    return index;
  }

  /**
   * Takes a record of a topic between messages and insights. A second one of the same message would
   * not show in the insights, and would wait in the aggregator's store for a partner.
   */
  public synchronized void onTheWay(String topic, Origin origin) {
    if (!originsOnTheWay.computeIfAbsent(topic, unused -> new HashSet<>()).add(origin)) {
      duplicated++;
      example(
          "%s has %s-%d@%d twice"
              .formatted(topic, origin.getTopic(), origin.getPartition(), origin.getOffset()));
    }
  }

  /** Takes a dead letter: none is expected, since every message is a good one. */
  public synchronized void deadLetter(DeadLetter letter) {
    deadLetters++;
    example(
        "dead letter of %s-%d@%d by %s: %s %s"
            .formatted(
                letter.getTopic(),
                letter.getPartition(),
                letter.getOffset(),
                letter.getStage(),
                letter.getCause(),
                letter.getDetail()));
  }

  /** Takes the next window of a partition: a later one replaces an earlier one. */
  public synchronized void window(SentimentWindow window) {
    if (window.getWindowSizeMs() == HOUR_MILLIS) {
      windows.put(
          List.of(window.getSource(), window.getLanguage(), window.getWindowStart()),
          window.getCount());
    }
  }

  /** Messages that have an answer. */
  public synchronized long answered() {
    return answered.cardinality();
  }

  /** Messages that the windows of an hour count by now. */
  public synchronized long counted() {
    return windows.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The verdict, once everything has been read.
   *
   * @param sent how many messages were sent: those with the numbers below it
   */
  public synchronized Verdict verdict(long sent) {
    long lost = 0;
    for (int i = answered.nextClearBit(0); i < sent; i = answered.nextClearBit(i + 1)) {
      lost++;
      example("number %d has no answer".formatted(i));
    }
    int beyond = answered.length();
    if (beyond > sent) {
      wrongContent += answered.get((int) sent, beyond).cardinality();
      example("number %d was answered and never sent".formatted(beyond - 1));
    }
    long counted = counted();
    long missing = Math.abs(answered.cardinality() - counted);
    if (missing > 0) {
      example("windows count %d of %d messages".formatted(counted, answered.cardinality()));
    }
    return new Verdict(
        sent, insights, lost, duplicated, outOfOrder, wrongContent, deadLetters, missing, examples);
  }

  private void checkOrder(Planned planned) {
    int newest = newestOfKey.getOrDefault(planned.key(), -1);
    if (planned.sequence() < newest) {
      outOfOrder++;
      example(
          "%s: its number %d came after %d".formatted(planned.key(), planned.sequence(), newest));
    } else {
      newestOfKey.put(planned.key(), planned.sequence());
    }
  }

  /** What is not as it should be; empty when all is. */
  private String difference(Place place, Planned planned, Insight insight) {
    Message sent = planned.message();
    Message got = insight.getMessage();
    if (!planned.key().equals(place.key())) {
      return "has the key " + place.key();
    }
    if (insight.getOrigin().getPartition() != place.partition()) {
      return "has left its partition";
    }
    if (!sent.equals(got)) {
      return "has another message than was sent: " + changedFields(sent, got);
    }
    if (!Objects.equals(insight.getLanguage(), sent.getLanguage())) {
      return "has the language " + insight.getLanguage();
    }
    SentimentScore score = insight.getSentiment();
    if (score == null || score.getSkipReason() != null) {
      return "has no sentiment: " + insight.getSkipped();
    }
    if (!score.getOrigin().equals(insight.getOrigin())
        || !score.getMessageId().equals(insight.getMessageId())) {
      return "has the score of another message";
    }
    return scoreDifference(reference.apply(planned.text()), score);
  }

  private static String scoreDifference(Expected expected, SentimentScore score) {
    List<Float> probabilities =
        score.getProbabilities().stream().map(each -> each.getProbability()).toList();
    if (!expected.label().equals(score.getLabel())
        || !expected.probabilities().equals(probabilities)) {
      return "is scored %s %s, and the model says %s %s"
          .formatted(score.getLabel(), probabilities, expected.label(), expected.probabilities());
    }
    if (expected.tokens() != score.getTokenCount()
        || expected.segments() != score.getSegmentCount()) {
      return "has %d tokens in %d segments, and should have %d in %d"
          .formatted(
              score.getTokenCount(),
              score.getSegmentCount(),
              expected.tokens(),
              expected.segments());
    }
    return "";
  }

  private static String changedFields(Message sent, Message got) {
    List<String> changed = new ArrayList<>();
    sent.getSchema()
        .getFields()
        .forEach(
            field -> {
              if (!Objects.equals(sent.get(field.pos()), got.get(field.pos()))) {
                changed.add(field.name());
              }
            });
    return String.join(", ", changed);
  }

  private void wrong(String id, String difference) {
    wrongContent++;
    example(id + " " + difference);
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }
}
