package io.headwater.faults.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of the tiny model, each with its token id. The same in every run. */
public final class Vocabulary {
  /** A word on which the model gives a probability that is not a number. */
  public static final String NOT_A_NUMBER = "notanumber";

  /** A word on which the run of the model throws. */
  public static final String OUT_OF_RANGE = "outofrange";

  static final int CLS = 2;
  static final int SEP = 3;

  private static final String[] FIRST = {
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "ne", "pi", "ro", "su", "ta", "ve"
  };
  private static final String[] LAST = {
    "bal", "cent", "dor", "fin", "gar", "lent", "mir", "nos", "pal", "quin", "rast", "sol", "tur"
  };
  private static final List<String> ENDINGS = List.of("##ing", "##ed", "##s", "##ly");

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<String> words = new ArrayList<>();

  public Vocabulary() {
    for (String special : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
      add(special);
    }
    add(NOT_A_NUMBER);
    add(OUT_OF_RANGE);
    ENDINGS.forEach(this::add);
    for (String first : FIRST) {
      for (String middle : List.of("", "na", "ri", "lo")) {
        for (String last : LAST) {
          words.add(first + middle + last);
        }
      }
    }
    words.forEach(this::add);
  }

  private void add(String token) {
    ids.put(token, ids.size());
  }

  /** Words that are one token each and do no harm. */
  public List<String> words() {
    return List.copyOf(words);
  }

  /** Every token with its id, special ones included. */
  Map<String, Integer> ids() {
    return Map.copyOf(ids);
  }

  int size() {
    return ids.size();
  }

  int id(String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new IllegalArgumentException("No token " + token);
    }
    return id;
  }
}
