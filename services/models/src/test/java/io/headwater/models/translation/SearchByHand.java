package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The search that {@code generate} of Hugging Face makes, written down as plainly as possible:
 * whole rows of scores, forbidden tokens at minus infinity, one source at a time.
 */
final class SearchByHand {

  record Found(int[] ids, double logProbability, double score, boolean cut) {}

  private final GenerationSettings settings;
  private final TransformerByHand model;
  private final int forcedFirst;

  /** A search; the forced first token is -1 if there is none. */
  SearchByHand(GenerationSettings settings, TransformerByHand model, int forcedFirst) {
    this.settings = settings;
    this.model = model;
    this.forcedFirst = forcedFirst;
  }

  Found search(int beams) {
    return beams == 1 ? greedy() : beam(beams);
  }

  private Found greedy() {
    int[] ids = {settings.start()};
    double sum = 0;
    while (true) {
      double[] scores = scores(ids);
      int best = 0;
      for (int id = 0; id < scores.length; id++) {
        best = scores[id] > scores[best] ? id : best;
      }
      sum += scores[best];
      boolean last = settings.forcedLast().isPresent() && ids.length == settings.maxLength() - 1;
      if (settings.ends().contains(best)) {
        return new Found(ids, sum, sum, last);
      }
      ids = then(ids, best);
      if (ids.length >= settings.maxLength()) {
        return new Found(ids, sum, sum, true);
      }
    }
  }

  private record Beam(int[] ids, double sum) {}

  private record Next(int beam, int id, double sum) {}

  private Found beam(int beams) {
    List<Beam> live = List.of(new Beam(new int[] {settings.start()}, 0));
    List<Found> ended = new ArrayList<>();
    while (true) {
      List<Next> all = new ArrayList<>();
      for (int beam = 0; beam < live.size(); beam++) {
        double[] scores = scores(live.get(beam).ids());
        for (int id = 0; id < scores.length; id++) {
          if (scores[id] > Double.NEGATIVE_INFINITY) {
            all.add(new Next(beam, id, live.get(beam).sum() + scores[id]));
          }
        }
      }
      all.sort(Comparator.comparingDouble(Next::sum).reversed());
      List<Next> top = all.subList(0, Math.min(all.size(), width(beams)));
      int length = live.get(0).ids().length;
      boolean last = settings.forcedLast().isPresent() && length == settings.maxLength() - 1;
      List<Beam> next = new ArrayList<>();
      for (int rank = 0; rank < top.size() && next.size() < beams; rank++) {
        int[] ids = live.get(top.get(rank).beam()).ids();
        if (!settings.ends().contains(top.get(rank).id())) {
          next.add(new Beam(then(ids, top.get(rank).id()), top.get(rank).sum()));
        } else if (rank < beams) {
          add(
              ended,
              new Found(ids, top.get(rank).sum(), score(top.get(rank).sum(), length), last),
              beams);
        }
      }
      if (isDone(ended, top.get(0).sum(), length, beams) || next.isEmpty()) {
        return best(ended);
      }
      live = next;
      if (length + 1 >= settings.maxLength()) {
        live.forEach(
            beam ->
                add(
                    ended,
                    new Found(beam.ids(), beam.sum(), score(beam.sum(), length), true),
                    beams));
        return best(ended);
      }
    }
  }

  private int width(int beams) {
    return Math.max(2, 1 + settings.ends().size()) * beams;
  }

  private static void add(List<Found> ended, Found found, int beams) {
    ended.add(found);
    if (ended.size() > beams) {
      ended.remove(ended.stream().min(Comparator.comparingDouble(Found::score)).orElseThrow());
    }
  }

  private static Found best(List<Found> ended) {
    return ended.stream().max(Comparator.comparingDouble(Found::score)).orElseThrow();
  }

  private boolean isDone(List<Found> ended, double sum, int length, int beams) {
    if (ended.size() < beams) {
      return false;
    }
    double worst = ended.stream().mapToDouble(Found::score).min().orElseThrow();
    return switch (settings.earlyStopping()) {
      case AT_ONCE -> true;
      case WHEN_UNLIKELY -> worst >= score(sum, length);
      case NEVER ->
          worst >= score(sum, settings.lengthPenalty() > 0 ? settings.maxLength() - 1 : length);
    };
  }

  private double score(double sum, int length) {
    return sum / Math.pow(length, settings.lengthPenalty());
  }

  private double[] scores(int[] ids) {
    double[] scores = model.logProbabilities(ids);
    for (List<Integer> run : settings.forbidden()) {
      int before = run.size() - 1;
      boolean same =
          ids.length >= before
              && IntStream.range(0, before)
                  .allMatch(i -> ids[ids.length - before + i] == run.get(i));
      if (same) {
        scores[run.get(before)] = Double.NEGATIVE_INFINITY;
      }
    }
    int n = settings.noRepeat();
    for (int from = 0; n > 0 && from + n <= ids.length; from++) {
      int[] early = Arrays.copyOfRange(ids, from, from + n - 1);
      int[] late = Arrays.copyOfRange(ids, ids.length - n + 1, ids.length);
      if (Arrays.equals(early, late)) {
        scores[ids[from + n - 1]] = Double.NEGATIVE_INFINITY;
      }
    }
    if (ids.length < settings.minLength()) {
      settings.ends().forEach(end -> scores[end] = Double.NEGATIVE_INFINITY);
    }
    if (ids.length == 1 && forcedFirst >= 0) {
      force(scores, forcedFirst);
    }
    if (ids.length == settings.maxLength() - 1 && settings.forcedLast().isPresent()) {
      force(scores, settings.forcedLast().getAsInt());
    }
    return scores;
  }

  private static void force(double[] scores, int id) {
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    scores[id] = 0;
  }

  private static int[] then(int[] ids, int id) {
    int[] longer = Arrays.copyOf(ids, ids.length + 1);
    longer[ids.length] = id;
    return longer;
  }
}
