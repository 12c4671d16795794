package io.headwater.models.translation;

import io.headwater.models.engine.EngineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Follows several trails at once and keeps the best that ended, as {@code generate} of Hugging Face
 * does it: log-probabilities are summed, and a hypothesis' score is the sum divided by a power of
 * its length. Equal sums go to the earlier beam, then to the smaller id.
 */
final class BeamSearch extends SentenceSearch {

  private record Candidate(int row, int id, double sum) {}

  private record Finished(
      Trail trail, double logProbability, double score, boolean hitLengthLimit) {}

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::sum)
          .reversed()
          .thenComparingInt(Candidate::row)
          .thenComparingInt(Candidate::id);

  private final int beams;
  private final int width;

  /** At most as many as beams, in the order in which they ended. */
  private final List<Finished> finished = new ArrayList<>();

  BeamSearch(GenerationSettings settings, OptionalInt forcedFirst, TokenBans bans, int beams) {
    super(settings, forcedFirst, bans);
    this.beams = beams;
    // Even if every end token is among the best, enough others are left to fill the beams.
    this.width = Math.max(2, 1 + settings.ends().size()) * beams;
  }

  @Override
  int width() {
    return width;
  }

  @Override
  List<Live> next(StepScores scores, int firstRow) {
    List<Candidate> candidates = candidates(scores, firstRow);
    int length = live().get(0).trail().length();
    List<Live> next = new ArrayList<>(beams);
    for (int rank = 0; rank < candidates.size() && next.size() < beams; rank++) {
      Candidate candidate = candidates.get(rank);
      Trail trail = live().get(candidate.row()).trail();
      if (!settings().ends().contains(candidate.id())) {
        float[] attention = scores.attention(firstRow + candidate.row());
        next.add(new Live(trail.then(candidate.id(), candidate.sum(), attention), candidate.row()));
      } else if (rank < beams) {
        finish(trail, candidate.sum(), length, false);
      }
    }
    if (next.isEmpty() && finished.isEmpty()) {
      throw new EngineException(NOTHING_MAY_FOLLOW);
    }
    boolean done = candidates.isEmpty() || isDone(candidates.get(0).sum(), length);
    return done ? List.of() : next;
  }

  /** The best tokens over all rows, best first. */
  private List<Candidate> candidates(StepScores scores, int firstRow) {
    List<Candidate> candidates = new ArrayList<>(live().size() * width);
    for (int row = 0; row < live().size(); row++) {
      double before = live().get(row).trail().logProbability();
      int taken = 0;
      for (int rank = 0; rank < scores.perRow() && taken < width; rank++) {
        double sum = before + scores.logProbability(firstRow + row, rank);
        int id = scores.id(firstRow + row, rank);
        if (sum > Double.NEGATIVE_INFINITY && !StepScores.in(banned(row), id)) {
          candidates.add(new Candidate(row, id, sum));
          taken++;
        }
      }
    }
    candidates.sort(BEST_FIRST);
    return candidates.size() > width ? candidates.subList(0, width) : candidates;
  }

  /**
   * Whether no trail can be better than what ended already.
   *
   * @param best the greatest sum of this step
   * @param length of the hypotheses that ended in this step, without the start
   */
  private boolean isDone(double best, int length) {
    if (finished.size() < beams) {
      return false;
    }
    double worst = finished.stream().mapToDouble(Finished::score).min().orElseThrow();
    return switch (settings().earlyStopping()) {
      case AT_ONCE -> true;
      case WHEN_UNLIKELY -> worst >= score(best, length);
      case NEVER ->
          worst
              >= score(best, settings().lengthPenalty() > 0 ? settings().maxLength() - 1 : length);
    };
  }

  private void finish(Trail trail, double sum, int length, boolean hitLengthLimit) {
    finished.add(new Finished(trail, sum, score(sum, length), hitLengthLimit));
    if (finished.size() > beams) {
      finished.remove(
          finished.stream().min(Comparator.comparingDouble(Finished::score)).orElseThrow());
    }
  }

  private double score(double sum, int length) {
    // StrictMath gives the same bits on every machine; Math.pow may not.
    return sum / StrictMath.pow(length, settings().lengthPenalty());
  }

  @Override
  void cut(List<Live> trails, boolean withEnd) {
    for (Live each : trails) {
      int length = each.trail().length() - 1 + (withEnd ? 1 : 0);
      finish(each.trail(), each.trail().logProbability(), length, true);
    }
  }

  @Override
  Hypothesis best(int sourceLength) {
    Finished best = finished.get(0);
    for (Finished each : finished) {
      best = each.score() >= best.score() ? each : best;
    }
    return hypothesis(best.trail(), best.logProbability(), best.hitLengthLimit(), sourceLength);
  }
}
