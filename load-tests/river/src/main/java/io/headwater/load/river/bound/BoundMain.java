package io.headwater.load.river.bound;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.headwater.load.river.corpus.Corpus;
import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.machine.BusyMeter;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * The bound, as a process of its own: the model on texts that are tokenised already, in batches
 * sorted over all of them, and nothing else. No pipeline round this model can be faster.
 */
public final class BoundMain {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OVERLAP = 32;
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int WARM_UP_SINGLES = 30;

  private final SentimentEngine engine;
  private final List<String> names;

  private BoundMain(SentimentEngine engine, List<String> names) {
    this.engine = engine;
    this.names = names;
  }

  /** Arguments: the file with the task, the file for the result. */
  public static void main(String[] arguments) throws IOException {
    BoundTask task = JSON.readValue(Path.of(arguments[0]).toFile(), BoundTask.class);
    ModelPackage model = ModelPackage.open(Path.of(task.model()));
    List<List<int[]>> texts = tokenised(model, task);
    List<int[]> segments = texts.stream().flatMap(List::stream).toList();
    List<List<int[]>> batches = new ArrayList<>(SortedBatches.of(segments, task.budget()));
    // A machine that slows down or speeds up meanwhile meets all lengths alike.
    Collections.shuffle(batches, new Random(1));
    long before = residentBytes();
    try (SentimentEngine engine =
        SentimentEngine.open(
            model, EngineOptions.cpu().withThreads(task.threads()).withCallsSideBySide())) {
      BoundMain bound = new BoundMain(engine, model.labels());
      BoundResult result = bound.run(texts, batches, task, before);
      JSON.writeValue(Path.of(arguments[1]).toFile(), result);
    }
  }

  private static List<List<int[]>> tokenised(ModelPackage model, BoundTask task) {
    Traffic traffic = new Traffic(Corpus.read(Path.of(task.messages())));
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SegmentCutter cutter = tokenizer.segmentCutter(OVERLAP);
      List<List<int[]>> texts = new ArrayList<>();
      for (int number = 0; number < task.count(); number++) {
        texts.add(
            cutter.cut(tokenizer.encode(traffic.text(number))).stream().map(Segment::ids).toList());
      }
      return texts;
    }
  }

  private BoundResult run(
      List<List<int[]>> texts, List<List<int[]>> batches, BoundTask task, long residentBefore)
      throws IOException {
    long warm = System.nanoTime() + WARM_UP_NANOS;
    for (int i = 0; i < batches.size() && System.nanoTime() < warm; i++) {
      engine.probabilities(batches.get(i));
    }
    Scored all = new Scored();
    Queue<List<int[]>> waiting = new ConcurrentLinkedQueue<>(batches);
    BusyMeter machine = new BusyMeter();
    long cpu = cpuNanos();
    long begun = System.nanoTime();
    long end = begun + (long) (task.seconds() * 1e9);
    sideBySide(
        () -> {
          for (List<int[]> batch = waiting.poll();
              batch != null && System.nanoTime() < end;
              batch = waiting.poll()) {
            all.add(batch, engine.probabilities(batch));
          }
        });
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    double others = machine.othersShare(0);
    long modelBytes = residentBytes() - residentBefore;
    writeLabels(texts, all.rows, Path.of(task.labels()));
    return new BoundResult(
        all.rows.size(),
        all.tokens,
        all.computed,
        seconds,
        cpuSeconds,
        others,
        modelBytes,
        singles(texts.subList(0, Math.min(texts.size(), task.singles()))));
  }

  /** What was scored so far. */
  private static final class Scored {
    private final IdentityHashMap<int[], float[]> rows = new IdentityHashMap<>();
    private long tokens;
    private long computed;

    synchronized void add(List<int[]> batch, float[][] scored) {
      int longest = 0;
      for (int i = 0; i < scored.length; i++) {
        rows.put(batch.get(i), scored[i]);
        tokens += batch.get(i).length;
        longest = Math.max(longest, batch.get(i).length);
      }
      computed += (long) longest * scored.length;
    }
  }

  /** Does the same on as many threads as the engine takes calls at once. */
  private void sideBySide(Runnable work) {
    CompletableFuture.allOf(
            IntStream.range(0, engine.calls())
                .mapToObj(
                    unused ->
                        CompletableFuture.runAsync(
                            work, task -> new Thread(task, "bound-call").start()))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  /** Of messages of one segment only: peers cut longer ones off, and may see another text. */
  private void writeLabels(List<List<int[]>> texts, IdentityHashMap<int[], float[]> rows, Path file)
      throws IOException {
    Map<String, String> labels = new TreeMap<>();
    for (int number = 0; number < texts.size(); number++) {
      List<int[]> segments = texts.get(number);
      float[] row = rows.get(segments.get(0));
      if (segments.size() == 1 && row != null) {
        labels.put(Traffic.id(number), names.get(largest(row)));
      }
    }
    Files.write(file, JSON.writeValueAsBytes(labels));
  }

  private List<Long> singles(List<List<int[]>> texts) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < Math.min(WARM_UP_SINGLES, texts.size()); i++) {
      texts.get(i).forEach(ids -> engine.probabilities(List.of(ids)));
    }
    for (List<int[]> segments : texts) {
      long begun = System.nanoTime();
      segments.forEach(ids -> engine.probabilities(List.of(ids)));
      nanos.add(System.nanoTime() - begun);
    }
    return nanos;
  }

  private static int largest(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
