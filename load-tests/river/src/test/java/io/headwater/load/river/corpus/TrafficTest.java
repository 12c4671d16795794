package io.headwater.load.river.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 10_000).mapToObj(number -> "text " + number).toList();
  private static final Corpus CORPUS = new Corpus(TEXTS);

  @Test
  void anIdNamesItsNumber() {
    assertThat(Traffic.number(Traffic.id(123_456))).isEqualTo(123_456);
  }

  @Test
  void theBaseHasTheFirstText() {
    assertThat(new Traffic(CORPUS, 0, 1_000_000).text(1_000_002)).isEqualTo("text 2");
  }

  @Test
  void duplicatesAreAsManyAsAskedFor() {
    Traffic traffic = new Traffic(CORPUS, 0.3, 0);
    Set<String> known = new HashSet<>();

    for (long number = 0; number < 10_000; number++) {
      known.add(traffic.text(number));
    }

    // A duplicate of a message whose own text came nowhere else is the first of it.
    assertThat(1 - known.size() / 10_000.0).isCloseTo(0.3, within(0.1));
  }

  @Test
  void withoutDuplicatesNoTextComesTwice() {
    Traffic traffic = new Traffic(CORPUS);

    assertThat(IntStream.range(0, 10_000).mapToObj(traffic::text).distinct()).hasSize(10_000);
  }
}
