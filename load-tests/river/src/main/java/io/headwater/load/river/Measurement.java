package io.headwater.load.river;

import io.headwater.faults.process.ProcessGroup;
import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.bound.BoundTask;
import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.pipeline.PipelineResult;
import io.headwater.load.river.pipeline.PipelineRun;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.RiverPlan;
import io.headwater.load.river.pipeline.Saturation;
import io.headwater.load.river.report.Report;
import io.headwater.models.ModelPackage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One run of the measuring rod, part by part. */
final class Measurement {
  private static final int BATCH_TOKENS = 1_024;

  /** Four polls of the scorer: it never waits, and no stage runs far ahead. */
  private static final int IN_FLIGHT = 4_096;

  private final Setup setup;
  private final Pace pace;
  private final ProcessGroup processes;
  private final Path home;
  private final Consumer<String> progress;
  private final long begun = System.nanoTime();

  Measurement(
      Setup setup, Pace pace, ProcessGroup processes, Path home, Consumer<String> progress) {
    this.setup = setup;
    this.pace = pace;
    this.processes = processes;
    this.home = home;
    this.progress = progress;
  }

  void run(Report report) throws Exception {
    ModelPackage model = setup.model();
    Corpus corpus = Corpus.read(setup.messages());
    Traffic traffic = new Traffic(corpus, 0);
    say(
        "model %s, %d English texts of %s",
        model.id(), corpus.size(), setup.messages().getFileName());
    Bound bound = bound(model);
    BoundResult before = bound.run();
    say("the model alone: " + Numbers.of(before));
    PipelineResult river;
    try (River bed = River.start(processes, plan(model))) {
      say("broker and registry are up");
      try (River.Services services = bed.services(Map.of());
          TokenCounts tokens = new TokenCounts(model, traffic)) {
        say("services are ready");
        river =
            new PipelineRun(services, traffic, tokens::of, IN_FLIGHT)
                .run(new Saturation(pace.warmUp(), pace.window()));
        say("the river: " + Numbers.of(river));
      }
    }
    BoundResult after = bound.run();
    say("the model alone: " + Numbers.of(after));
    new SaturationSection(before, after, river).write(report);
  }

  private Bound bound(ModelPackage model) {
    return new Bound(
        processes,
        home.resolve("bound"),
        new BoundTask(
            model.folder().toString(),
            setup.messages().toString(),
            pace.boundMessages(),
            setup.threads(),
            BATCH_TOKENS,
            0,
            home.resolve("bound/labels.json").toString()));
  }

  private RiverPlan plan(ModelPackage model) {
    Path models = model.folder().resolve("../..").normalize();
    return new RiverPlan(
        setup.dist(),
        home,
        models,
        model.id().toString(),
        setup.threads(),
        setup.settings(),
        setup.jvm());
  }

  private void say(String format, Object... values) {
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    progress.accept(String.format(Locale.ROOT, "%4d s  %s", seconds, line));
  }
}
