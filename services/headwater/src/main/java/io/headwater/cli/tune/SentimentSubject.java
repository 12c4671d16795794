package io.headwater.cli.tune;

import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.scorer.batch.BatchBudget;
import io.headwater.scorer.batch.BatchCutter;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.scorer.batch.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Sentiment: batches as the scorer cuts them, run by the engine that the scorer has. */
final class SentimentSubject implements Subject {
  /** Most tokens of the batches in which it is found out what a call costs. */
  private static final int USUAL_BATCH = 1_024;

  private final SideBySide sideBySide = new SideBySide("headwater-tune-call");
  private final SentimentEngine engine;
  private final List<SegmentSlot> slots;
  private final int callTokens;
  private final int messages;

  private SentimentSubject(SentimentEngine engine, List<SegmentSlot> slots, int callTokens) {
    this.engine = engine;
    this.slots = List.copyOf(slots);
    this.callTokens = callTokens;
    this.messages = 1 + slots.stream().mapToInt(SegmentSlot::record).max().orElse(0);
  }

  /**
   * Loads a model, and measures what a call of it costs beside its tokens.
   *
   * @param slots the segments of a unit of work, as {@link #slots} gives them
   */
  static SentimentSubject open(ModelPackage model, EngineOptions options, List<SegmentSlot> slots) {
    SentimentEngine engine = SentimentEngine.open(model, options.withCallsSideBySide());
    try {
      // Before anything is cut by it: batches and what a call costs belong together.
      int callTokens = CallCost.of(batch -> nanosOf(engine, batch), USUAL_BATCH, model.maxTokens());
      return new SentimentSubject(engine, slots, callTokens);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * The segments of texts, which are taken again from the first until there are enough tokens.
   *
   * @param overlap tokens that a segment repeats from the one before it
   */
  static List<SegmentSlot> slots(
      ModelPackage model, List<String> texts, int overlap, int enoughTokens) {
    List<SegmentSlot> slots = new ArrayList<>();
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SegmentCutter cutter = tokenizer.segmentCutter(overlap);
      long tokens = 0;
      for (int record = 0; tokens < enoughTokens; record++) {
        List<Segment> cut = cutter.cut(tokenizer.encode(texts.get(record % texts.size())));
        for (int segment = 0; segment < cut.size(); segment++) {
          SegmentSlot slot = new SegmentSlot(record, segment, cut.get(segment).ids());
          slots.add(slot);
          tokens += slot.length();
        }
      }
    }
    return slots;
  }

  @Override
  public ExecutionProvider provider() {
    return engine.provider();
  }

  @Override
  public int messages() {
    return messages;
  }

  @Override
  public void pass(int tokens, CallObserver observer) {
    List<List<SegmentSlot>> batches =
        new BatchCutter(new BatchBudget(tokens, callTokens)).cut(slots, engine.calls());
    sideBySide.run(
        engine.calls(),
        batches,
        batch -> nanosOf(engine, batch),
        (batch, nanos) -> {
          long real = batch.stream().mapToLong(SegmentSlot::length).sum();
          long longest = batch.stream().mapToInt(SegmentSlot::length).max().orElse(0);
          observer.called(real, longest * batch.size(), nanos);
        },
        () -> {});
  }

  @Override
  public OptionalInt callTokens() {
    return OptionalInt.of(callTokens);
  }

  private static long nanosOf(SentimentEngine engine, List<SegmentSlot> batch) {
    List<int[]> ids = batch.stream().map(SegmentSlot::ids).toList();
    long begun = System.nanoTime();
    engine.probabilities(ids);
    return System.nanoTime() - begun;
  }

  @Override
  public void close() {
    engine.close();
  }
}
