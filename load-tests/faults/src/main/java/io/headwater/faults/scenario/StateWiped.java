package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;

/** The aggregator is killed and its state folder deleted: all of it must come back from Kafka. */
final class StateWiped implements Scenario {
  @Override
  public String name() {
    return "state-wiped";
  }

  @Override
  public String summary() {
    return "kill -9 of the aggregator, its state deleted, restarted";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 3);
    ServiceProcess aggregator = stage.first(Role.AGGREGATOR);
    for (int round = 0; round < rounds; round++) {
      stage.pauseBetween(3, stage.pace().seconds(4, 8));
      aggregator.kill();
      aggregator.wipeState();
      aggregator.start();
      stage.faultEnded("state of %s wiped".formatted(aggregator.name()));
      stage.awaitRecovery();
    }
    stage.pause(2);
  }
}
