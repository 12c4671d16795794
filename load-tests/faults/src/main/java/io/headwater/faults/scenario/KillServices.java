package io.headwater.faults.scenario;

import io.headwater.faults.fleet.ServiceProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code kill -9} of one service after another at random moments, each restarted at once. */
final class KillServices implements Scenario {
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
      List<ServiceProcess> order = new ArrayList<>(stage.fleet().all());
      Collections.shuffle(order, stage.random());
      for (ServiceProcess service : order) {
        // Shorter than a recovery at times: the next one dies while the last one comes back.
        stage.pauseBetween(1.5, stage.pace().seconds(4, 12));
        service.kill();
        service.start();
        stage.faultEnded("kill -9 " + service.name());
      }
    }
    stage.awaitRecovery();
  }
}
