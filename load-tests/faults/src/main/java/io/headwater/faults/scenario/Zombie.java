package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * One of two instances is frozen until its session is over and the other one has its work; then it
 * wakes up in the middle of what it did.
 */
final class Zombie implements Scenario {
  private final Role role;

  Zombie(Role role) {
    this.role = role;
  }

  @Override
  public String name() {
    return "zombie-" + role.service();
  }

  @Override
  public String summary() {
    return "SIGSTOP of one of two %ss past its session, then SIGCONT".formatted(role.service());
  }

  @Override
  public List<Role> fleet() {
    List<Role> fleet = new ArrayList<>(Scenario.super.fleet());
    fleet.add(role);
    return fleet;
  }

  @Override
  public void run(Stage stage) throws Exception {
    int rounds = stage.pace().rounds(1, 4);
    List<ServiceProcess> instances = stage.fleet().of(role);
    double longer = stage.pace().session().toMillis() / 1000.0 + stage.pace().seconds(3, 5);
    for (int round = 0; round < rounds; round++) {
      ServiceProcess zombie = instances.get(round % instances.size());
      stage.pauseBetween(3, 4);
      zombie.freeze();
      stage.faultEnded("SIGSTOP " + zombie.name());
      stage.pause(longer);
      stage.awaitRecovery();
      zombie.thaw();
      stage.faultEnded("SIGCONT " + zombie.name());
      // Long enough for it to try to finish what it had begun.
      stage.pause(stage.pace().seconds(4, 6));
    }
    stage.awaitRecovery();
  }
}
