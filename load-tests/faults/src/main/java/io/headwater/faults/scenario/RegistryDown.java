package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;

/** The registry is away, and services are restarted meanwhile. */
final class RegistryDown implements Scenario {
  @Override
  public String name() {
    return "registry-down";
  }

  @Override
  public String summary() {
    return "the registry is away for a minute, and services are restarted meanwhile";
  }

  @Override
  public void run(Stage stage) throws Exception {
    stage.pause(3);
    long before = stage.lag();
    stage.registry().stop();
    double away = stage.pace().seconds(12, 60);
    stage.pause(away / 3);
    stage.note(
        "lag before %d, after %.0f s without registry %d (nothing restarted yet)"
            .formatted(before, away / 3, stage.lag()));
    stage.first(Role.SCORER).kill();
    stage.first(Role.SCORER).start();
    stage.pause(away / 3);
    ServiceProcess tokenizer = stage.first(Role.TOKENIZER);
    tokenizer.terminate();
    tokenizer.start();
    stage.pause(away / 3);
    stage.registry().startAgain();
    stage.faultEnded("registry back");
    stage.awaitRecovery();
  }
}
