package io.headwater.aggregator.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class JoinPropertiesTest {
  private static final List<String> BOTH = List.of("sentiment", "translation");

  /** One topic's records, in order. */
  private record Source(List<Runnable> records) {}

  @Property(tries = 25)
  void givesEachInsightOnceAndInOrderForAnyInterleavingOfOrderedInputs(
      @ForAll @IntRange(min = 1, max = 12) int messages, @ForAll long seed) {
    Random random = new Random(seed);
    try (River river = River.flowing()) {
      List<Source> sources = sources(river, messages, new Random(seed + 1), Plan.ONE_FOR_ALL);

      interleave(sources, random);

      assertThat(river.insights())
          .extracting(Insight::getMessageId)
          .containsExactlyElementsOf(names(messages));
      assertThat(river.pending()).isZero();
    }
  }

  @Property(tries = 25)
  void givesEachInsightOnceWhenResultsComeInAnyOrder(
      @ForAll @IntRange(min = 1, max = 12) int messages, @ForAll long seed) {
    Random random = new Random(seed);
    try (River river = River.flowing()) {
      List<Source> sources = sources(river, messages, new Random(seed + 1), Plan.EACH_ITS_OWN);

      interleave(sources, random);

      assertThat(river.insights())
          .extracting(Insight::getMessageId)
          .containsExactlyInAnyOrderElementsOf(names(messages));
      assertThat(river.pending()).isZero();
    }
  }

  /** Whether messages have the same tasks. Those with fewer tasks are done sooner. */
  private enum Plan {
    ONE_FOR_ALL,
    EACH_ITS_OWN
  }

  private static List<Source> sources(River river, int messages, Random random, Plan plan) {
    List<String> forAll = random.nextBoolean() ? BOTH : List.of("sentiment");
    List<Runnable> sent = new ArrayList<>();
    List<Runnable> scores = new ArrayList<>();
    List<Runnable> translations = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      int number = i;
      byte[] key = ("k" + number % 3).getBytes(UTF_8);
      List<String> planned = plan == Plan.ONE_FOR_ALL || random.nextBoolean() ? forAll : BOTH;
      sent.add(
          () ->
              river.send(river.topics.messages(), key, Records.message("m" + number, "t"), 1_000));
      scores.add(
          () ->
              river.send(
                  river.topics.sentimentScores(),
                  key,
                  Records.score(number, 0.5, 0.2, planned),
                  2_000));
      if (planned.size() == 2) {
        translations.add(
            () ->
                river.send(
                    river.topics.translations(), key, Records.translation(number, BOTH), 3_000));
      }
    }
    if (plan == Plan.EACH_ITS_OWN) {
      Collections.shuffle(scores, random);
      Collections.shuffle(translations, random);
    }
    return List.of(new Source(sent), new Source(scores), new Source(translations));
  }

  private static void interleave(List<Source> sources, Random random) {
    List<List<Runnable>> left = new ArrayList<>();
    sources.forEach(source -> left.add(new ArrayList<>(source.records())));
    left.removeIf(List::isEmpty);
    while (!left.isEmpty()) {
      List<Runnable> next = left.get(random.nextInt(left.size()));
      next.remove(0).run();
      left.removeIf(List::isEmpty);
    }
  }

  private static List<String> names(int messages) {
    return IntStream.range(0, messages).mapToObj(i -> "m" + i).toList();
  }
}
