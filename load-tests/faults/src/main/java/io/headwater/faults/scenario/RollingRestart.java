package io.headwater.faults.scenario;

import io.headwater.faults.fleet.ServiceProcess;
import java.time.Duration;

/** {@code SIGTERM} of one service after another under load, as on the day of a new version. */
final class RollingRestart implements Scenario {
  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public String summary() {
    return "SIGTERM of all services, one after another, under load";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 3);
    for (int round = 0; round < rounds; round++) {
      for (ServiceProcess service : stage.fleet().all()) {
        stage.pauseBetween(1, 2);
        service.terminate();
        service.start();
        stage.faultEnded("SIGTERM " + service.name());
        service.awaitReady(Duration.ofSeconds(60));
        if (round == 0 && rounds > 1) {
          // So that the recovery is this one's own.
          stage.awaitRecovery();
        }
      }
    }
    stage.awaitRecovery();
  }
}
