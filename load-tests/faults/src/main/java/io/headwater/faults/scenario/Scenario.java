package io.headwater.faults.scenario;

import io.headwater.faults.fleet.Role;
import io.headwater.faults.model.TinyModel;
import java.util.List;

/** One way to break the river while messages flow. */
public interface Scenario {
  /** As on the command line. */
  String name();

  /** What it does, in a sentence. */
  String summary();

  /** Brokers that it needs. */
  default int brokers() {
    return 1;
  }

  /** The instances that run when the traffic begins. */
  default List<Role> fleet() {
    return List.of(Role.TOKENIZER, Role.SCORER, Role.AGGREGATOR);
  }

  /** The model that scores. */
  default String model() {
    return TinyModel.QUICK;
  }

  /** Further options of the services' JVMs. */
  default List<String> jvm() {
    return List.of();
  }

  /** Whether the script decides how many messages are sent, and how fast. */
  default boolean ownsTraffic() {
    return false;
  }

  /** Breaks things. Runs while messages are sent; they go on until it is done. */
  void run(Stage stage) throws Exception;
}
