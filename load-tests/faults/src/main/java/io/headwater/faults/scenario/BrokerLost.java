package io.headwater.faults.scenario;

/** One of three brokers is killed and stays away until the end. */
final class BrokerLost implements Scenario {
  private static final int BROKERS = 3;

  @Override
  public String name() {
    return "broker-lost";
  }

  @Override
  public String summary() {
    return "kill -9 of one of three brokers, which stays away";
  }

  @Override
  public int brokers() {
    return BROKERS;
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 3);
    int lost = stage.random().nextInt(BROKERS);
    for (int round = 0; round < rounds; round++) {
      stage.pauseBetween(3, stage.pace().seconds(4, 8));
      stage.cluster().kill(lost);
      stage.faultEnded("kill -9 broker-" + (lost + 1));
      stage.awaitRecovery();
      stage.pause(stage.pace().seconds(3, 10));
      stage.cluster().restart(lost);
      // Another one only once this one has all its copies again: two are needed at any time.
      stage.cluster().awaitCopies();
      lost = (lost + 1) % BROKERS;
    }
  }
}
