package io.headwater.load.river;

import io.headwater.faults.process.ProcessGroup;
import io.headwater.load.river.bound.Bound;
import io.headwater.load.river.bound.BoundTask;
import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.pipeline.RiverPlan;
import io.headwater.models.ModelPackage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** What all parts of a run share. */
final class Bench {
  private static final int BATCH_TOKENS = 1_024;

  private final Setup setup;
  private final ProcessGroup processes;
  private final Path home;
  private final Consumer<String> progress;
  private final ModelPackage model;
  private final Corpus corpus;
  private final long begun = System.nanoTime();

  Bench(Setup setup, ProcessGroup processes, Path home, Consumer<String> progress) {
    this.setup = setup;
    this.processes = processes;
    this.home = home;
    this.progress = progress;
    this.model = setup.model();
    this.corpus = Corpus.read(setup.messages());
    say(
        "model %s, %d English texts of %s",
        model.id(), corpus.size(), setup.messages().getFileName());
  }

  Setup setup() {
    return setup;
  }

  ProcessGroup processes() {
    return processes;
  }

  Path home() {
    return home;
  }

  ModelPackage model() {
    return model;
  }

  Corpus corpus() {
    return corpus;
  }

  /** Every text once, from the first. */
  Traffic traffic() {
    return new Traffic(corpus);
  }

  /** The model that serves, alone. */
  Bound bound(Pace pace) {
    return bound(pace, model);
  }

  /** A model alone. */
  Bound bound(Pace pace, ModelPackage alone) {
    Path folder = home.resolve("bound-" + alone.id().toString().replace('@', '-'));
    return new Bound(
        processes,
        folder,
        new BoundTask(
            alone.folder().toString(),
            setup.messages().toString(),
            pace.boundMessages(),
            pace.boundSeconds(),
            setup.threads(),
            BATCH_TOKENS,
            pace.singles(),
            folder.resolve("labels.json").toString()));
  }

  /** A folder of packages, as services take it. */
  Path models() {
    return model.folder().resolve("../..").normalize();
  }

  RiverPlan plan() {
    return new RiverPlan(
        setup.dist(),
        home,
        models(),
        model.id().toString(),
        setup.threads(),
        setup.settings(),
        setup.jvm());
  }

  /** Tells people, with the seconds since the start. */
  void say(String format, Object... values) {
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    progress.accept(String.format(Locale.ROOT, "%4d s  %s", seconds, line));
  }
}
