package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The search for one source's translation: knows the trails that go on, and takes a step when it is
 * given the scores of what may follow them.
 */
abstract class SentenceSearch {

  static final String NOTHING_MAY_FOLLOW =
      "no token may follow: the generation config forbids them all, or the model rules them out";

  /**
   * A trail that goes on.
   *
   * @param trail its tokens
   * @param row which of the search's rows of the step before it comes from
   */
  record Live(Trail trail, int row) {}

  private final GenerationSettings settings;
  private final OptionalInt forcedFirst;
  private final TokenBans bans;
  private final List<int[]> banned = new ArrayList<>();
  private List<Live> live;

  SentenceSearch(GenerationSettings settings, OptionalInt forcedFirst, TokenBans bans) {
    this.settings = settings;
    this.forcedFirst = forcedFirst;
    this.bans = bans;
    this.live = List.of(new Live(Trail.start(settings.start()), 0));
  }

  /** A search as wide as asked for. */
  static SentenceSearch of(
      GenerationSettings settings, OptionalInt forcedFirst, TokenBans bans, int beams) {
    return beams == 1
        ? new GreedySearch(settings, forcedFirst, bans)
        : new BeamSearch(settings, forcedFirst, bans, beams);
  }

  /** The trails that go on, each with one row in the next step; none when the search is over. */
  final List<Live> live() {
    return live;
  }

  /**
   * How many of each row's best tokens the next {@link #advance} needs; 0 if the next token is
   * forced and no scores are needed.
   */
  final int wanted() {
    banned.clear();
    if (live.isEmpty() || isForced()) {
      return 0;
    }
    int most = 0;
    for (Live each : live) {
      int[] ids = bans.after(each.trail());
      banned.add(ids);
      most = Math.max(most, ids.length);
    }
    return width() + most;
  }

  /**
   * Takes a step. {@link #wanted} is called before it.
   *
   * @param scores the scores of a batch
   * @param firstRow the row of this search's first live trail; the others follow
   */
  final void advance(StepScores scores, int firstRow) {
    if (live.isEmpty()) {
      return;
    }
    if (isForced()) {
      // Forced tokens cost nothing, as in Hugging Face's search.
      Trail only = live.get(0).trail();
      live =
          List.of(
              new Live(
                  only.then(
                      forcedFirst.orElseThrow(), only.logProbability(), scores.attention(firstRow)),
                  0));
      return;
    }
    live = List.copyOf(next(scores, firstRow));
    if (live.isEmpty()) {
      return;
    }
    int length = live.get(0).trail().length();
    boolean lastIsForced = settings.forcedLast().isPresent();
    if (length >= settings.maxLength() - (lastIsForced ? 1 : 0)) {
      cut(live, lastIsForced);
      live = List.of();
    }
  }

  /** What was found; once there are no live trails. */
  abstract Hypothesis best(int sourceLength);

  /** How many of the best tokens that are not banned each row needs. */
  abstract int width();

  /** Takes a step with scores; gives the trails that go on. */
  abstract List<Live> next(StepScores scores, int firstRow);

  /**
   * Ends trails that have grown as long as they may.
   *
   * @param withEnd whether the end token still fits, and is forced
   */
  abstract void cut(List<Live> trails, boolean withEnd);

  /** The tokens that may not follow a live trail, sorted. */
  final int[] banned(int trail) {
    return banned.get(trail);
  }

  final GenerationSettings settings() {
    return settings;
  }

  /** What a trail says, without the start and the forced first token. */
  final Hypothesis hypothesis(
      Trail trail, double logProbability, boolean hitLengthLimit, int sourceLength) {
    int skipped = 1 + (forcedFirst.isPresent() && trail.length() > 1 ? 1 : 0);
    float[][] rows = trail.attention(skipped);
    boolean explained = rows.length > 0 && rows[0].length > 0;
    return new Hypothesis(
        trail.tokens(skipped),
        logProbability,
        hitLengthLimit,
        explained ? Attention.rows(rows, sourceLength) : new float[0][]);
  }

  private boolean isForced() {
    return forcedFirst.isPresent() && live.get(0).trail().length() == 1;
  }
}
