package io.headwater.models.translation;

import io.headwater.models.engine.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes the most probable token at each step. */
final class GreedySearch extends SentenceSearch {

  private record Found(Trail trail, double logProbability, boolean hitLengthLimit) {}

  private Optional<Found> found = Optional.empty();

  GreedySearch(GenerationSettings settings, OptionalInt forcedFirst, TokenBans bans) {
    super(settings, forcedFirst, bans);
  }

  @Override
  int width() {
    return 1;
  }

  @Override
  List<Live> next(StepScores scores, int firstRow) {
    Trail trail = live().get(0).trail();
    for (int rank = 0; rank < scores.perRow(); rank++) {
      double logProbability = trail.logProbability() + scores.logProbability(firstRow, rank);
      int id = scores.id(firstRow, rank);
      if (StepScores.in(banned(0), id) || logProbability == Double.NEGATIVE_INFINITY) {
        continue;
      }
      if (settings().ends().contains(id)) {
        found = Optional.of(new Found(trail, logProbability, false));
        return List.of();
      }
      return List.of(new Live(trail.then(id, logProbability, scores.attention(firstRow)), 0));
    }
    throw new EngineException(NOTHING_MAY_FOLLOW);
  }

  @Override
  void cut(List<Live> trails, boolean withEnd) {
    Trail trail = trails.get(0).trail();
    found = Optional.of(new Found(trail, trail.logProbability(), true));
  }

  @Override
  Hypothesis best(int sourceLength) {
    Found best = found.orElseThrow();
    return hypothesis(best.trail(), best.logProbability(), best.hitLengthLimit(), sourceLength);
  }
}
