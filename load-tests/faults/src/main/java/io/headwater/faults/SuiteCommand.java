package io.headwater.faults;

import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.model.Expected;
import io.headwater.faults.model.ReferenceModel;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.model.Vocabulary;
import io.headwater.faults.process.Folders;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.report.ResultFile;
import io.headwater.faults.report.ResultTable;
import io.headwater.faults.scenario.Pace;
import io.headwater.faults.scenario.Scenario;
import io.headwater.faults.scenario.ScenarioResult;
import io.headwater.faults.scenario.ScenarioRunner;
import io.headwater.faults.scenario.Scenarios;
import io.headwater.faults.traffic.Texts;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code load-tests/faults/run}: breaks a running river and counts what became of every message.
 */
@Command(
    name = "load-tests/faults/run",
    mixinStandardHelpOptions = true,
    subcommands = {ReplayProof.class, CostCommand.class},
    description = {
      "Break a running river on purpose, and count what became of every message.",
      "Exit codes: 0 every promise was kept; 1 one was broken; 2 wrong command line; 3 could not run."
    })
public final class SuiteCommand implements Callable<Integer> {
  private static final int TEXTS = 5_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SCENARIO", description = "Which to run; none: all. See --list.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--dist", description = "The packaged product. The start script gives it.")
  private @Nullable Path dist;

  @Option(names = "--list", description = "List the scenarios.")
  private boolean list;

  @Option(names = "--quick", description = "A few thousand messages and one round of faults each.")
  private boolean quick;

  @Option(names = "--messages", description = "Fewest messages of each scenario.")
  private Optional<Long> messages = Optional.empty();

  @Option(names = "--rate", description = "Messages a second.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--seed",
      defaultValue = "20261122",
      description =
          "Content, random moments and victims follow from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--folder",
      description = "Where brokers, services and logs live; kept. Default: a temporary folder.")
  private @Nullable Path folder;

  @Option(names = "--json", paramLabel = "FILE", description = "Where the results go as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--write-models",
      paramLabel = "FOLDER",
      description = "Only write the suite's model packages, and end.")
  private @Nullable Path modelsOnly;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (modelsOnly != null) {
      TinyModel.write(modelsOnly);
      return 0;
    }
    if (list) {
      Scenarios.all().forEach(each -> out.printf("%-17s %s%n", each.name(), each.summary()));
      return 0;
    }
    List<Scenario> chosen = chosen();
    return run(chosen, product(), out);
  }

  /** The packaged product. */
  Path product() {
    if (dist == null || !Files.isDirectory(dist.resolve("lib"))) {
      throw new ParameterException(
          spec.commandLine(), "There is no packaged product: run ./headwater --version once");
    }
    return dist.toAbsolutePath();
  }

  private List<Scenario> chosen() {
    List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "There is no scenario %s; there are %s".formatted(name, known));
      }
    }
    return Scenarios.all().stream()
        .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
        .toList();
  }

  private int run(List<Scenario> chosen, Path product, PrintWriter out) throws Exception {
    Path given = folder;
    boolean isOurs = given == null;
    Path home =
        given == null ? Files.createTempDirectory("headwater-faults-") : given.toAbsolutePath();
    Pace pace =
        new Pace(
            quick, messages.orElse(quick ? 1_500L : 20_000L), rate.orElse(quick ? 150.0 : 400.0));
    List<ScenarioResult> results = new ArrayList<>();
    boolean clean = false;
    try (ProcessGroup processes = ProcessGroup.create();
        RegistryServer registry = RegistryServer.start(product, home.resolve("registry"))) {
      Path models = home.resolve("models");
      TinyModel.write(models);
      Texts texts = new Texts(new Vocabulary().words(), seed, TEXTS);
      List<Expected> reference = reference(models, texts);
      ScenarioRunner runner =
          new ScenarioRunner(
              new ScenarioRunner.Surroundings(
                  processes, registry, product, home, models, texts, reference::get),
              pace,
              seed);
      try (Clusters clusters = new Clusters(processes, home)) {
        for (Scenario scenario : chosen) {
          ScenarioResult result = runner.run(scenario, clusters.of(scenario.brokers()));
          results.add(result);
          ResultTable.details(out, result);
        }
      }
      clean = results.stream().allMatch(ScenarioResult::isClean);
    } finally {
      report(home, pace, results, out);
      if (isOurs && clean) {
        Folders.delete(home);
      } else {
        out.println("logs and data: " + home);
      }
      out.flush();
    }
    return clean ? 0 : 1;
  }

  private void report(Path home, Pace pace, List<ScenarioResult> results, PrintWriter out) {
    ResultTable.summary(out, results);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("seed", seed);
    run.put("quick", quick);
    run.put("rate", pace.rate());
    run.put("sessionTimeoutMs", pace.session().toMillis());
    Path file = json == null ? home.resolveSibling(home.getFileName() + ".json") : json;
    ResultFile.write(file, run, results);
    out.println("results as JSON: " + file);
  }

  private static List<Expected> reference(Path models, Texts texts) {
    try (ReferenceModel model = ReferenceModel.open(models, TinyModel.QUICK)) {
      List<Expected> expected = new ArrayList<>(texts.count());
      for (int i = 0; i < texts.count(); i++) {
        expected.add(model.score(texts.get(i)));
      }
      return expected;
    }
  }

  /** The cluster that runs now: scenarios share it as long as they need the same size. */
  private static final class Clusters implements AutoCloseable {
    private final ProcessGroup processes;
    private final Path home;
    private @Nullable KafkaCluster running;

    Clusters(ProcessGroup processes, Path home) {
      this.processes = processes;
      this.home = home;
    }

    KafkaCluster of(int size) throws InterruptedException {
      KafkaCluster known = running;
      if (known != null && known.size() == size) {
        return known;
      }
      close();
      KafkaCluster fresh = KafkaCluster.start(processes, home.resolve("kafka-of-" + size), size);
      running = fresh;
      return fresh;
    }

    @Override
    public void close() {
      if (running != null) {
        running.close();
        running = null;
      }
    }
  }
}
