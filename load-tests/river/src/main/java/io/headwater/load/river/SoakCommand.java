package io.headwater.load.river;

import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.LongRun;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Stretch;
import io.headwater.load.river.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load-tests/run soak}: the saturated river, for long. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Keep the river saturated for long, and tell of each stretch its rate, its cost and the",
      "services' memory: what a river costs once its compilers rest, and whether anything grows.",
      "Then its latency, at half of the rate of the last third and at 70 %% of it, and what a",
      "message costs as it grows longer. Takes four minutes more."
    })
final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Option(
      names = "--minutes",
      defaultValue = "30",
      description = "So long, from the first result. Default: ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Length of a stretch. Default: ${DEFAULT-VALUE}.")
  private int every;

  @Override
  public Integer call() throws Exception {
    if (every < 1 || 60L * minutes < SoakSection.LEAST * (long) every) {
      throw new ParameterException(
          spec.commandLine(), "--every is at least 1, and --minutes have three of them");
    }
    new BenchRun(setup, spec.commandLine().getOut())
        .run(setup.root().resolve("load-tests/target/report/soak"), this::measure);
    return 0;
  }

  private void measure(Bench bench, Report report) throws Exception {
    Bound bound = bench.bound(Pace.full());
    BoundResult before = bound.run();
    bench.say("the model alone: " + Numbers.of(before));
    List<Stretch> stretches;
    LatencySection latency;
    LengthSection lengths;
    try (River bed = River.start(bench.processes(), bench.plan());
        TokenCounts tokens = new TokenCounts(bench.model(), bench.traffic());
        River.Services services = bed.services(Map.of())) {
      bench.say("services are ready");
      stretches =
          new LongRun(services, tokens::of, Measurement.IN_FLIGHT)
              .run(
                  bench.traffic(),
                  Duration.ofMinutes(minutes),
                  Duration.ofSeconds(every),
                  stretch -> bench.say(SoakSection.line(stretch)));
      latency =
          LatencySection.measure(
              bench, Pace.full(), services, SoakSection.settledRate(stretches), before);
      lengths = LengthSection.measure(bench, services, 4 * LengthSection.LETTERS_IN_ALL);
      Measurement.refuse(services.complaints());
    }
    BoundResult after = bound.run();
    bench.say("the model alone: " + Numbers.of(after));
    new SoakSection(before, after, stretches).write(report);
    latency.write(report);
    lengths.write(report);
  }
}
