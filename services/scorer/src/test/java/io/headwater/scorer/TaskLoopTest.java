package io.headwater.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.avro.Translation;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.telemetry.Health;
import io.headwater.runtime.telemetry.HealthReport;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.schemas.SchemaNotRegisteredException;
import io.headwater.scorer.sentiment.FakeModel;
import io.headwater.scorer.translation.FakeTranslator;
import io.headwater.scorer.translation.TextSequences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskLoopTest {
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Health health = new Health();

  @Test
  void aTasksLoopIsAliveAndReadyUnderItsNameUntilItEnds() throws InterruptedException {
    FakeRiver<Translation> river = FakeRiver.translating(new FakeTranslator(), 1_000).assign(0);
    river.append(0, TextSequences.of("a", "Eins."));
    boolean[] wasAlive = {false};
    river.consumer.atPoll(() -> wasAlive[0] = isUp(health.live(), "loop.translation"));
    TaskLoop loop = new TaskLoop("translation", river.loop, failures::add);

    loop.begin(health);
    loop.join();

    assertThat(wasAlive[0]).isTrue();
    assertThat(river.history(0)).containsExactly("a");
    assertThat(isUp(health.live(), "loop.translation")).isFalse();
    assertThat(isUp(health.ready(), "assignment.translation")).isFalse();
    assertThat(failures).isEmpty();
  }

  @Test
  void aLoopThatFailsTellsOfItAndTheOtherGoesOn() throws InterruptedException {
    var broken = FakeRiver.of(new FakeModel(), 1_000, false, BreakerOptions.OFF).assign(0);
    broken.appendSequences(0, 1);
    FakeRiver<Translation> sound = FakeRiver.translating(new FakeTranslator(), 1_000);
    sound.consumer.whenIdle(() -> {});
    TaskLoop failing = new TaskLoop("sentiment", broken.loop, failures::add);
    TaskLoop lasting = new TaskLoop("translation", sound.loop, failures::add);

    lasting.begin(health);
    failing.begin(health);
    failing.join();

    await().until(() -> failures.size() == 1);
    assertThat(failures.get(0)).isInstanceOf(SchemaNotRegisteredException.class);
    assertThat(isUp(health.live(), "loop.sentiment")).isFalse();
    assertThat(isUp(health.live(), "loop.translation")).isTrue();
    lasting.shutDown();
    lasting.join();
  }

  private static boolean isUp(HealthReport report, String check) {
    HealthStatus status = report.checks().get(check);
    return status != null && status.ok();
  }
}
