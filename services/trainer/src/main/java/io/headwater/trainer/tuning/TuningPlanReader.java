package io.headwater.trainer.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.tuning.space.SearchSpace;
import io.headwater.trainer.tuning.space.SearchSpaceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code tuning} of a configuration, and reports all that is wrong with it. */
public final class TuningPlanReader {
  /** The section's name. */
  public static final String SECTION = "tuning";

  private static final String EPOCHS = "training.epochs";
  private static final Set<String> KEYS =
      Set.of("search", "trials", "seed", "metric", "better", "halving", "space");
  private static final Set<String> HALVING_KEYS = Set.of("factor", "leastEpochs", "mostEpochs");

  private final List<String> faults = new ArrayList<>();
  private final ObjectNode configuration;
  private final JsonNode section;

  private TuningPlanReader(ObjectNode configuration) {
    this.configuration = configuration;
    this.section = configuration.path(SECTION);
  }

  /**
   * The plan of a configuration.
   *
   * @throws InvalidTuningException with all faults
   */
  public static TuningPlan read(ObjectNode configuration) {
    return new TuningPlanReader(configuration).plan();
  }

  private TuningPlan plan() {
    if (!section.isObject()) {
      throw new InvalidTuningException(
          "tuning is missing: say what to search with search, trials, metric and space");
    }
    known(section, "tuning", KEYS);
    TuningPlan.Search search = search();
    int trials = whole("trials", 30, 1);
    int seed = whole("seed", 1, 0);
    String metric = metric();
    boolean higher = higherIsBetter(metric);
    Optional<Halving> halving = halving();
    SearchSpace space = new SearchSpaceReader("tuning.space", faults).read(section.path("space"));
    TuningPlan plan = new TuningPlan(search, trials, seed, metric, higher, halving, space);
    checkPlaces(plan);
    if (!faults.isEmpty()) {
      throw new InvalidTuningException(faults);
    }
    return plan;
  }

  private TuningPlan.Search search() {
    String name = section.path("search").asText("bayesian");
    for (TuningPlan.Search search : TuningPlan.Search.values()) {
      if (search.name().toLowerCase(Locale.ROOT).equals(name)) {
        return search;
      }
    }
    faults.add("tuning.search must be grid, random or bayesian, not " + name);
    return TuningPlan.Search.RANDOM;
  }

  private int whole(String key, int otherwise, int least) {
    if (!section.has(key)) {
      return otherwise;
    }
    JsonNode value = section.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least) {
      faults.add(
          "tuning.%s must be a whole number of %d or more, not %s".formatted(key, least, value));
      return otherwise;
    }
    return value.asInt();
  }

  private String metric() {
    JsonNode value = section.path("metric");
    if (!value.isTextual() || value.asText().isBlank()) {
      faults.add("tuning.metric must name what to compare by, such as dev.macroRecall");
      return "";
    }
    if (value.asText().startsWith("test.")) {
      faults.add("tuning.metric must not be of the test sets: what they choose they cannot judge");
    }
    return value.asText();
  }

  private boolean higherIsBetter(String metric) {
    if (!section.has("better")) {
      return !metric.toLowerCase(Locale.ROOT).endsWith("loss");
    }
    String better = section.path("better").asText();
    if (!better.equals("higher") && !better.equals("lower")) {
      faults.add("tuning.better must be higher or lower, not " + better);
    }
    return better.equals("higher");
  }

  private Optional<Halving> halving() {
    if (!section.hasNonNull("halving")) {
      return Optional.empty();
    }
    JsonNode halving = section.path("halving");
    known(halving, "tuning.halving", HALVING_KEYS);
    try {
      JsonNode factor = halving.has("factor") ? halving.path("factor") : IntNode.valueOf(3);
      if (!factor.isInt()) {
        throw new IllegalArgumentException("factor must be a whole number");
      }
      return Optional.of(
          new Halving(
              factor.asInt(), epochs(halving, "leastEpochs"), epochs(halving, "mostEpochs")));
    } catch (IllegalArgumentException e) {
      faults.add("tuning.halving: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static double epochs(JsonNode halving, String key) {
    JsonNode value = halving.path(key);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(key + " must be a number of passes over the data");
    }
    return value.asDouble();
  }

  private void known(JsonNode node, String where, Set<String> keys) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                faults.add("there is no %s.%s".formatted(where, name));
              }
            });
  }

  private void checkPlaces(TuningPlan plan) {
    plan.space()
        .dimensions()
        .forEach(
            dimension -> {
              try {
                dimension.path().set(configuration.deepCopy(), dimension.at(0));
              } catch (IllegalArgumentException e) {
                faults.add("tuning.space." + e.getMessage());
              }
              if (dimension.path().text().startsWith(SECTION + ".")) {
                faults.add("tuning.space." + dimension.path() + ": the search cannot vary itself");
              }
            });
    boolean varied =
        plan.space().dimensions().stream().anyMatch(one -> one.path().text().equals(EPOCHS));
    boolean stated = configuration.at("/training/epochs").isNumber();
    if (plan.halving().isPresent() && varied) {
      faults.add("tuning.space.training.epochs: tuning.halving says how long; keep one of both");
    }
    if (!section.hasNonNull("halving") && !varied && !stated) {
      faults.add("training.epochs is missing: set it, or tuning.halving");
    }
    if (plan.search() == TuningPlan.Search.GRID && faults.isEmpty()) {
      try {
        plan.sampler();
      } catch (IllegalArgumentException e) {
        faults.add("tuning.space: " + e.getMessage());
      }
    }
  }
}
