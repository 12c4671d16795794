package io.headwater.trainer.translation.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns a vocabulary by byte-pair encoding over characters: again and again the most frequent pair
 * of neighbours becomes one token (Sennrich, Haddow and Birch 2016, "Neural Machine Translation of
 * Rare Words with Subword Units"). Ties go to the pair that comes first in the alphabet, so the
 * same texts give the same vocabulary. One thread, used once.
 */
public final class BytePairLearner {
  /** Characters that are rarer than this become unknown. */
  private static final long RAREST_CHARACTER = 10;

  private record Pair(String left, String right) {}

  /** A pair as often as it was when it was queued; it may have become rarer since. */
  private record Candidate(Pair pair, long count) {}

  private static final Comparator<Candidate> MOST_FREQUENT =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparing(candidate -> candidate.pair().left())
          .thenComparing(candidate -> candidate.pair().right());

  private final List<List<String>> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Pair, Long> pairs = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(MOST_FREQUENT);

  private BytePairLearner() {}

  /**
   * Learns from texts.
   *
   * @param size tokens wanted, special ones and single characters included
   */
  public static Vocabulary learn(Collection<String> texts, int size) {
    Map<String, Long> frequencies = new HashMap<>();
    for (String text : texts) {
      for (String piece : Pretokens.of(text)) {
        frequencies.merge(piece, 1L, Long::sum);
      }
    }
    return new BytePairLearner().learn(frequencies, size);
  }

  private Vocabulary learn(Map<String, Long> frequencies, int size) {
    Map<String, Long> characters = new HashMap<>();
    frequencies.forEach(
        (word, count) ->
            word.codePoints()
                .forEach(point -> characters.merge(Character.toString(point), count, Long::sum)));
    characters.values().removeIf(count -> count < RAREST_CHARACTER);
    List<String> tokens = new ArrayList<>(Vocabulary.SPECIAL);
    characters.keySet().stream().sorted().forEach(tokens::add);
    frequencies.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> addWord(entry.getKey(), entry.getValue(), characters.keySet()));
    pairs.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
    List<Vocabulary.Merge> merges = new ArrayList<>();
    Set<String> known = new HashSet<>(tokens);
    while (tokens.size() < size && !queue.isEmpty()) {
      Candidate best = queue.remove();
      long now = pairs.getOrDefault(best.pair(), 0L);
      if (now != best.count()) {
        continue;
      }
      if (now < 2) {
        break;
      }
      merges.add(new Vocabulary.Merge(best.pair().left(), best.pair().right()));
      String token = best.pair().left() + best.pair().right();
      if (known.add(token)) {
        tokens.add(token);
      }
      merge(best.pair(), token);
    }
    return new Vocabulary(tokens, merges);
  }

  private void addWord(String word, long count, Set<String> characters) {
    List<String> symbols = new ArrayList<>();
    word.codePoints()
        .mapToObj(Character::toString)
        .filter(characters::contains)
        .forEach(symbols::add);
    int place = words.size();
    words.add(symbols);
    counts.add(count);
    for (int i = 0; i + 1 < symbols.size(); i++) {
      count(new Pair(symbols.get(i), symbols.get(i + 1)), count, place);
    }
  }

  private void merge(Pair pair, String token) {
    Set<Integer> where = places.remove(pair);
    pairs.remove(pair);
    if (where == null) {
      return;
    }
    Set<Pair> changed = new HashSet<>();
    for (int place : where) {
      List<String> before = words.get(place);
      List<String> after = merged(before, pair, token);
      if (after.size() < before.size()) {
        recount(before, -counts.get(place), place, changed);
        recount(after, counts.get(place), place, changed);
        words.set(place, after);
      }
    }
    pairs.remove(pair);
    changed.remove(pair);
    for (Pair affected : changed) {
      long count = pairs.getOrDefault(affected, 0L);
      if (count > 0) {
        queue.add(new Candidate(affected, count));
      }
    }
  }

  private void recount(List<String> symbols, long difference, int place, Set<Pair> changed) {
    for (int i = 0; i + 1 < symbols.size(); i++) {
      Pair pair = new Pair(symbols.get(i), symbols.get(i + 1));
      count(pair, difference, place);
      changed.add(pair);
    }
  }

  private void count(Pair pair, long difference, int place) {
    pairs.merge(pair, difference, Long::sum);
    if (difference > 0) {
      places.computeIfAbsent(pair, unused -> new HashSet<>()).add(place);
    }
  }

  private static List<String> merged(List<String> symbols, Pair pair, String token) {
    List<String> result = new ArrayList<>(symbols.size());
    for (int i = 0; i < symbols.size(); i++) {
      if (i + 1 < symbols.size()
          && symbols.get(i).equals(pair.left())
          && symbols.get(i + 1).equals(pair.right())) {
        result.add(token);
        i++;
      } else {
        result.add(symbols.get(i));
      }
    }
    return result;
  }
}
