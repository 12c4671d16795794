package io.headwater.faults.scenario;

import io.headwater.faults.fleet.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code kill -9} of one service after another at random moments, each restarted at once. */
final class KillServices implements Scenario {
  private static final Duration READY = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "kill-services";
  }

  @Override
  public String summary() {
    return "kill -9 of tokenizer, scorer and aggregator, again and again, restarted at once";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 4);
    for (int round = 0; round < rounds; round++) {
      // In the first full round each has time to come back, so that its recovery is its own. Then
      // the next one dies while the last one comes back.
      boolean oneByOne = round == 0 && rounds > 1;
      List<ServiceProcess> order = new ArrayList<>(stage.fleet().all());
      Collections.shuffle(order, stage.random());
      for (ServiceProcess service : order) {
        stage.pauseBetween(1.5, stage.pace().seconds(4, 10));
        service.kill();
        service.start();
        stage.faultEnded("kill -9 " + service.name());
        if (oneByOne) {
          stage.awaitRecovery();
          service.awaitReady(READY);
        }
      }
    }
    stage.awaitRecovery();
  }
}
