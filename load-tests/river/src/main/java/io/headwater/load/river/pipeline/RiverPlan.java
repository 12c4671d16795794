package io.headwater.load.river.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the river is set up.
 *
 * @param dist the product, as {@code ./mvnw package} lays it out
 * @param folder for data, state and logs
 * @param models folder of model packages
 * @param model package that scores, as {@code id@version}
 * @param threads that the model may use; 0: one a core
 * @param settings of the services, on top
 * @param jvm options of the services' JVMs, on top
 */
public record RiverPlan(
    Path dist,
    Path folder,
    Path models,
    String model,
    int threads,
    Map<String, String> settings,
    List<String> jvm) {
  public RiverPlan {
    settings = Map.copyOf(settings);
    jvm = List.copyOf(jvm);
  }
}
