package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import java.time.Duration;

/** Instances join and leave while messages flow, some of them by {@code kill -9}. */
final class Scale implements Scenario {
  private static final Duration READY = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String summary() {
    return "two scorers and three tokenizers join and leave";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 2);
    for (int round = 0; round < rounds; round++) {
      ServiceProcess scorer = stage.fleet().add(Role.SCORER).start();
      ServiceProcess second = stage.fleet().add(Role.TOKENIZER).start();
      scorer.awaitReady(READY);
      second.awaitReady(READY);
      stage.faultEnded("two joined");
      ServiceProcess third = stage.fleet().add(Role.TOKENIZER).start();
      third.awaitReady(READY);
      stage.faultEnded("a third tokenizer joined");
      stage.pause(stage.pace().seconds(1, 5));
      stage.first(Role.TOKENIZER).terminate();
      stage.faultEnded("tokenizer left");
      stage.first(Role.SCORER).kill();
      stage.faultEnded("scorer killed");
      stage.awaitRecovery();
      stage.first(Role.SCORER).start();
      stage.first(Role.TOKENIZER).start();
      stage.first(Role.TOKENIZER).awaitReady(READY);
      stage.first(Role.SCORER).awaitReady(READY);
      scorer.terminate();
      second.kill();
      third.terminate();
      stage.faultEnded("three left");
      stage.awaitRecovery();
    }
  }
}
