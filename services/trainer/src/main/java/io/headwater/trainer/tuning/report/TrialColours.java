package io.headwater.trainer.tuning.report;

import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TuningPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The colour of a trial in all drawings: the darker, the better its rank; the best stands out. */
final class TrialColours {
  private static final int[] WORST = {198, 212, 228};
  private static final int[] BETTER = {16, 72, 130};

  private final List<Integer> ranked;

  /** Colours of trials, each with its best record. */
  TrialColours(TuningPlan plan, List<TrialRecord> trials) {
    ranked =
        trials.stream()
            .filter(TrialRecord::done)
            .sorted(Comparator.comparingDouble(plan::score).reversed())
            .map(TrialRecord::trial)
            .toList();
  }

  /** How the line of a trial is drawn. */
  String style(TrialRecord record) {
    int rank = ranked.indexOf(record.trial());
    if (rank < 0) {
      return "stroke='#999' stroke-dasharray='3 4' stroke-width='1'";
    }
    if (rank == 0) {
      return "stroke='#d9480f' stroke-width='3'";
    }
    return "stroke='%s' stroke-width='1.5'".formatted(colour(rank));
  }

  /** The colour alone, for a dot. */
  String fill(TrialRecord record) {
    int rank = ranked.indexOf(record.trial());
    return rank < 0 ? "#999" : rank == 0 ? "#d9480f" : colour(rank);
  }

  /** The trials from the worst to the best, so that the better is drawn over the worse. */
  List<TrialRecord> inOrder(List<TrialRecord> trials) {
    return trials.stream()
        .sorted(
            Comparator.comparingInt(
                (TrialRecord record) -> {
                  int rank = ranked.indexOf(record.trial());
                  return rank < 0 ? Integer.MIN_VALUE : -rank;
                }))
        .toList();
  }

  private String colour(int rank) {
    double share = ranked.size() < 3 ? 1 : 1 - (rank - 1) / (ranked.size() - 2.0);
    int[] mixed = new int[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = (int) Math.round(WORST[i] + share * (BETTER[i] - WORST[i]));
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
  }
}
