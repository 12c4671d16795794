package io.headwater.load.river;

import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.pipeline.PipelineResult;
import io.headwater.load.river.pipeline.PipelineRun;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Saturation;
import io.headwater.load.river.report.Report;
import io.headwater.models.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the measuring rod, part by part. */
final class Measurement {
  /** More than two polls of the scorer: it never waits, and no stage runs far ahead. */
  static final int IN_FLIGHT = 2_304;

  private final Bench bench;
  private final Pace pace;

  Measurement(Bench bench, Pace pace) {
    this.bench = bench;
    this.pace = pace;
  }

  void run(Report report) throws Exception {
    Bound bound = bench.bound(pace);
    BoundResult before = bound.run();
    bench.say("the model alone: " + Numbers.of(before));
    Map<String, String> labels = bound.labels();
    List<Section> sections = new ArrayList<>();
    Optional<ModelPackage> other = bench.setup().beside();
    if (other.isPresent()) {
      sections.add(BesideSection.measure(bench, pace, other.get(), labels));
    }
    PipelineResult river;
    try (River bed = River.start(bench.processes(), bench.plan());
        TokenCounts tokens = new TokenCounts(bench.model(), bench.traffic())) {
      bench.say("broker and registry are up");
      try (River.Services services = bed.services(Map.of())) {
        bench.say("services are ready");
        river = saturate(services, tokens);
        if (pace.parts().contains(Part.LATENCY)) {
          sections.add(
              LatencySection.measure(
                  bench, pace, services, river.steady().messagesPerSecond(), before));
        }
        if (pace.parts().contains(Part.LENGTHS)) {
          sections.add(LengthSection.measure(bench, services, LengthSection.LETTERS_IN_ALL));
        }
        refuse(services.complaints());
      }
      sections.addAll(Contest.measure(bench, pace, bed, tokens, before, labels));
    }
    BoundResult after = bound.run();
    bench.say("the model alone: " + Numbers.of(after));
    Yardstick yardstick = new Yardstick(before, after, river);
    new SaturationSection(yardstick, labels).write(report, yardstick);
    sections.forEach(section -> section.write(report, yardstick));
    report.note(
        "Measured elsewhere: translation by load-tests/run jmh Translation; an int8 model beside"
            + " fp32 with --model and --beside, its quality by headwater evaluate.");
  }

  private PipelineResult saturate(River.Services services, TokenCounts tokens) {
    Traffic traffic = bench.traffic();
    PipelineResult river =
        new PipelineRun(services, traffic, tokens::of, IN_FLIGHT)
            .run(new Saturation(pace.warmUp(), pace.window()));
    bench.say("the river: " + Numbers.of(river));
    return river;
  }

  /** Does nothing if there are none. */
  static void refuse(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(String.join("; ", complaints));
    }
  }
}
