package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import java.util.List;

/** All scenarios, in the order in which they run. */
public final class Scenarios {
  private Scenarios() {}

  /** Those that share the one broker first, then those that need three. */
  public static List<Scenario> all() {
    return List.of(
        new KillServices(),
        new BrokerRestart(),
        new RegistryDown(),
        new Zombie(Role.SCORER),
        new Zombie(Role.TOKENIZER),
        new StateWiped(),
        new ClockJump(),
        new RollingRestart(),
        new Scale(),
        new Flood(),
        new BrokerLost());
  }
}
