package io.headwater.load.river;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code load-tests/run}: the whole report. */
@Command(
    name = "load-tests/run",
    mixinStandardHelpOptions = true,
    subcommands = {LoadCommand.class, SoakCommand.class},
    description = {
      "Measure the river beside the bound that its model sets, and beside its peers.",
      "Exit codes: 0 it was measured; 2 wrong command line; 3 could not run."
    })
final class RodCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Option(names = "--quick", description = "Shorter windows and fewer peers: under three minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description =
          "Besides the bound and the saturated river only these: ${COMPLETION-CANDIDATES}.")
  private Set<Part> only = EnumSet.noneOf(Part.class);

  @Option(names = "--bare", description = "Only the bound and the saturated river.")
  private boolean bare;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description = "Where the report goes. Default: load-tests/target/report.")
  private Optional<Path> reportFolder = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Pace pace = quick ? Pace.quick() : Pace.full();
    Pace wanted = bare || !only.isEmpty() ? pace.with(only) : pace;
    new BenchRun(setup, spec.commandLine().getOut())
        .run(
            reportFolder.orElse(setup.root().resolve("load-tests/target/report")),
            (bench, report) -> new Measurement(bench, wanted).run(report));
    return 0;
  }
}
