package io.headwater.faults.scenario;

/** {@code kill -9} of the only broker; it comes back some seconds later. */
final class BrokerRestart implements Scenario {
  @Override
  public String name() {
    return "broker-restart";
  }

  @Override
  public String summary() {
    return "kill -9 of the only broker, started again seconds later";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 3);
    for (int round = 0; round < rounds; round++) {
      stage.pauseBetween(3, stage.pace().seconds(4, 8));
      stage.cluster().kill(0);
      stage.pauseBetween(1, stage.pace().seconds(2, 10));
      stage.cluster().restart(0);
      stage.faultEnded("broker back");
      stage.awaitRecovery();
    }
    stage.pause(2);
  }
}
