package io.headwater.faults.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.faults.model.Vocabulary;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final int MANY = 5_000;

  @Test
  void theSameSeedGivesTheSameMessagesInWhateverOrderTheyAreAskedFor() {
    Traffic forwards = traffic(7);
    Traffic backwards = traffic(7);
    Map<Long, Planned> first = new HashMap<>();
    for (long i = 0; i < MANY; i++) {
      first.put(i, forwards.message(i));
    }

    for (long i = MANY - 1; i >= 0; i--) {
      assertThat(backwards.message(i)).isEqualTo(first.get(i));
    }
  }

  @Test
  void anotherSeedGivesOtherMessages() {
    assertThat(traffic(8).message(0).message()).isNotEqualTo(traffic(7).message(0).message());
  }

  @Test
  void everyKeyCountsItsMessagesFromZero() {
    Traffic traffic = traffic(7);
    Map<String, Integer> next = new HashMap<>();
    for (long i = 0; i < MANY; i++) {
      Planned planned = traffic.message(i);
      assertThat(planned.sequence()).isEqualTo(next.merge(planned.key(), 1, Integer::sum) - 1);
      assertThat(planned.message().getAttributes())
          .containsEntry(Traffic.SEQUENCE, Integer.toString(planned.sequence()));
    }
    assertThat(next.size()).as("different keys").isBetween(500, 3_000);
    assertThat(next.values()).as("the largest share").anyMatch(count -> count > MANY / 12);
  }

  @Test
  void anIdLeadsBackToItsNumber() {
    Traffic traffic = traffic(7);
    assertThat(traffic.indexOf(traffic.message(42).message().getId())).hasValue(42);
    assertThat(traffic.indexOf("other-42")).isEmpty();
    assertThat(traffic.indexOf("run-x")).isEmpty();
  }

  private static Traffic traffic(long seed) {
    return new Traffic(
        "run", seed, Instant.EPOCH, new Texts(new Vocabulary().words(), seed, 1_000));
  }
}
