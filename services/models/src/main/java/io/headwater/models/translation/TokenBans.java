package io.headwater.models.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tells which tokens may not come next. Immutable. */
final class TokenBans {

  private static final int[] NONE = {};

  private final int[] always;
  private final int[] alwaysAndEnds;
  private final List<int[]> runs = new ArrayList<>();
  private final int noRepeat;
  private final int minLength;

  TokenBans(GenerationSettings settings) {
    this.always =
        settings.forbidden().stream()
            .filter(run -> run.size() == 1)
            .mapToInt(run -> run.get(0))
            .sorted()
            .distinct()
            .toArray();
    this.alwaysAndEnds =
        IntStream.concat(
                Arrays.stream(always), settings.ends().stream().mapToInt(Integer::intValue))
            .sorted()
            .distinct()
            .toArray();
    settings.forbidden().stream()
        .filter(run -> run.size() > 1)
        .forEach(run -> runs.add(run.stream().mapToInt(Integer::intValue).toArray()));
    this.noRepeat = settings.noRepeat();
    this.minLength = settings.minLength();
  }

  /** The tokens that may not follow a trail, sorted. The array must not be changed. */
  int[] after(Trail trail) {
    int[] plain = trail.length() < minLength ? alwaysAndEnds : always;
    if (noRepeat == 0 && runs.isEmpty()) {
      return plain;
    }
    int[] tokens = trail.tokens(0);
    int[] banned = Arrays.copyOf(plain, plain.length + tokens.length + runs.size());
    int count = plain.length;
    for (int[] run : runs) {
      if (endsWith(tokens, run, run.length - 1)) {
        banned[count++] = run[run.length - 1];
      }
    }
    int prefix = noRepeat - 1;
    for (int next = prefix; noRepeat > 0 && next < tokens.length; next++) {
      if (same(tokens, next - prefix, tokens.length - prefix, prefix)) {
        banned[count++] = tokens[next];
      }
    }
    int[] sorted = count == 0 ? NONE : Arrays.copyOf(banned, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static boolean endsWith(int[] tokens, int[] run, int length) {
    return length <= tokens.length
        && Arrays.equals(tokens, tokens.length - length, tokens.length, run, 0, length);
  }

  private static boolean same(int[] tokens, int one, int other, int length) {
    return Arrays.equals(tokens, one, one + length, tokens, other, other + length);
  }
}
