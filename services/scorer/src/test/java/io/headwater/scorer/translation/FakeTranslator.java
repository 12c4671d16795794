package io.headwater.scorer.translation;

import io.headwater.models.translation.Hypothesis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that reads {@link TextSequences} and writes every sentence as it is. It fails on every
 * call that holds {@link #CULPRIT}.
 */
public class FakeTranslator implements SegmentTranslator {
  /** Fails the whole call. */
  public static final char CULPRIT = '\uE000';

  /** Its sentence gets no number. */
  public static final char NO_NUMBER = '\uE001';

  /** Its sentence is never ended by the model. */
  public static final char ENDLESS = '\uE002';

  /** Stands for nothing: its sentence becomes empty. */
  public static final char NOTHING = '\uE003';

  private final List<Integer> calls = new ArrayList<>();
  private final boolean explains;

  public FakeTranslator() {
    this(true);
  }

  FakeTranslator(boolean explains) {
    this.explains = explains;
  }

  /** Segments of each call so far, failed ones too. */
  public List<Integer> calls() {
    return calls;
  }

  @Override
  public boolean translates(String from, String to) {
    return from.equals("de") && !to.equals("de");
  }

  @Override
  public boolean explains() {
    return explains;
  }

  @Override
  public List<Hypothesis> translate(
      List<int[]> sources, String targetLanguage, boolean explain, Runnable pulse) {
    calls.add(sources.size());
    List<Hypothesis> hypotheses = new ArrayList<>();
    for (int[] source : sources) {
      pulse.run();
      hypotheses.add(hypothesis(source, explain));
    }
    return hypotheses;
  }

  private static Hypothesis hypothesis(int[] source, boolean explain) {
    int[] ids =
        holds(source, NOTHING) ? new int[0] : Arrays.copyOfRange(source, 1, source.length - 1);
    if (holds(ids, CULPRIT)) {
      throw new IllegalStateException("cannot translate this");
    }
    float[][] alignment = new float[explain ? ids.length : 0][source.length];
    for (int i = 0; i < alignment.length; i++) {
      alignment[i][i + 1] = 1;
    }
    double logProbability = holds(ids, NO_NUMBER) ? Double.NaN : -0.5 * ids.length;
    return new Hypothesis(ids, logProbability, holds(ids, ENDLESS), alignment);
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append((char) id);
    }
    return text.toString();
  }

  private static boolean holds(int[] ids, char sought) {
    return Arrays.stream(ids).anyMatch(id -> id == sought);
  }
}
