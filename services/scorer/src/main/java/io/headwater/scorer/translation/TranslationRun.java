package io.headwater.scorer.translation;

import io.headwater.models.translation.Hypothesis;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.batch.SegmentSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of one kind on their way through one model, in calls of bounded size. A call that fails
 * is halved, record by record, until the culprit stands alone; what is left of a record that has
 * failed is not translated any more.
 */
final class TranslationRun {
  private final Call model;
  private final Map<Integer, TranslatedRecord> records;
  private final TranslationObserver observer;
  private final WatchedPulse pulse;

  /** Asks the model. */
  interface Call {
    List<Hypothesis> translate(List<int[]> sources, Runnable pulse);
  }

  /**
   * A run that has not begun.
   *
   * @param records by their places in the unit, in the order of the unit
   */
  TranslationRun(
      Call model,
      Map<Integer, TranslatedRecord> records,
      TranslationObserver observer,
      Runnable pulse) {
    this.model = model;
    this.records = records;
    this.observer = observer;
    this.pulse = new WatchedPulse(pulse);
  }

  /** Translates all; each record has then failed or has its translations. */
  void run(int callTokens) {
    List<SegmentSlot> call = new ArrayList<>();
    long tokens = 0;
    for (Map.Entry<Integer, TranslatedRecord> entry : records.entrySet()) {
      for (SegmentSlot slot : entry.getValue().slots(entry.getKey())) {
        if (!call.isEmpty() && tokens + slot.length() > callTokens) {
          translate(call);
          call.clear();
          tokens = 0;
        }
        if (entry.getValue().hasFailed()) {
          break;
        }
        call.add(slot);
        tokens += slot.length();
      }
    }
    if (!call.isEmpty()) {
      translate(call);
    }
  }

  private void translate(List<SegmentSlot> call) {
    pulse.run();
    List<Hypothesis> hypotheses;
    try {
      hypotheses = observed(call);
    } catch (RuntimeException e) {
      pulse.rethrow();
      int half = half(call);
      if (half == 0) {
        fail(call.get(0), e);
      } else {
        translate(call.subList(0, half));
        translate(call.subList(half, call.size()));
      }
      return;
    }
    for (int i = 0; i < hypotheses.size(); i++) {
      pulse.run();
      put(call.get(i), hypotheses.get(i));
    }
  }

  private List<Hypothesis> observed(List<SegmentSlot> call) {
    List<int[]> sources = call.stream().map(SegmentSlot::ids).toList();
    long begun = System.nanoTime();
    List<Hypothesis> hypotheses = model.translate(sources, pulse);
    long nanos = System.nanoTime() - begun;
    if (hypotheses.size() != sources.size()) {
      throw new IllegalStateException(
          "the model gave %d translations for %d segments"
              .formatted(hypotheses.size(), sources.size()));
    }
    observer.called(
        sources.stream().mapToLong(ids -> ids.length).sum(),
        hypotheses.stream().mapToLong(hypothesis -> hypothesis.tokenIds().length).sum(),
        nanos);
    return hypotheses;
  }

  private void put(SegmentSlot slot, Hypothesis hypothesis) {
    TranslatedRecord record = recordOf(slot);
    if (record.hasFailed()) {
      return;
    }
    try {
      record.put(slot.segment(), hypothesis);
    } catch (RuntimeException e) {
      fail(slot, e);
    }
  }

  private void fail(SegmentSlot slot, RuntimeException reason) {
    recordOf(slot)
        .fail(
            DeadLetterCause.MODEL_FAILURE,
            "The model failed, from segment %d on: %s"
                .formatted(slot.segment(), reason.getMessage()));
  }

  private TranslatedRecord recordOf(SegmentSlot slot) {
    TranslatedRecord record = records.get(slot.record());
    if (record == null) {
      throw new IllegalStateException("A segment without its record");
    }
    return record;
  }

  /** Where the middle one of the records in a call begins; 0 when there is only one. */
  private static int half(List<SegmentSlot> call) {
    List<Integer> begins = new ArrayList<>();
    for (int i = 1; i < call.size(); i++) {
      if (call.get(i).record() != call.get(i - 1).record()) {
        begins.add(i);
      }
    }
    return begins.isEmpty() ? 0 : begins.get(begins.size() / 2);
  }

  /** Tells what the pulse has thrown from what the model has, even where the model wraps it. */
  private static final class WatchedPulse implements Runnable {
    private final Runnable pulse;
    private @Nullable RuntimeException thrown;

    WatchedPulse(Runnable pulse) {
      this.pulse = pulse;
    }

    @Override
    public void run() {
      try {
        pulse.run();
      } catch (RuntimeException e) {
        thrown = e;
        throw e;
      }
    }

    void rethrow() {
      RuntimeException known = thrown;
      if (known != null) {
        throw known;
      }
    }
  }
}
