package io.headwater.trainer.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A change of a text that does not change what it means to a reader.
 *
 * @param kind what is changed
 * @param rate share of letters that are changed; for upper and lower case it says nothing
 */
public record TextChange(Kind kind, double rate) {

  /** What is changed. */
  public enum Kind {
    /** A letter and the next one change places. */
    SWAP,
    /** A letter is left out. */
    DROP,
    /** A letter becomes its neighbour on an English keyboard. */
    NEIGHBOUR,
    /** All letters become large. */
    UPPER,
    /** All letters become small. */
    LOWER
  }

  private static final List<String> KEYS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");
  private static final Map<Kind, String> NAMES =
      Map.of(
          Kind.SWAP, "letters swapped",
          Kind.DROP, "letters dropped",
          Kind.NEIGHBOUR, "neighbours on the keyboard",
          Kind.UPPER, "upper case",
          Kind.LOWER, "lower case");

  /** What a diagnosis tries, in order. */
  public static final List<TextChange> USUAL =
      List.of(
          new TextChange(Kind.SWAP, 0.02),
          new TextChange(Kind.SWAP, 0.05),
          new TextChange(Kind.DROP, 0.02),
          new TextChange(Kind.DROP, 0.05),
          new TextChange(Kind.NEIGHBOUR, 0.02),
          new TextChange(Kind.NEIGHBOUR, 0.05),
          new TextChange(Kind.UPPER, 1),
          new TextChange(Kind.LOWER, 1));

  /** Needs a share. */
  public TextChange {
    Objects.requireNonNull(kind, "kind");
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate " + rate + " is not 0 to 1");
    }
  }

  /** What it is called, such as {@code letters dropped, 2 %}. */
  public String name() {
    String name = Objects.requireNonNull(NAMES.get(kind));
    return switch (kind) {
      case UPPER, LOWER -> name;
      default -> String.format(Locale.ROOT, "%s, %.0f %%", name, 100 * rate);
    };
  }

  /** The changed text; the same random numbers give the same. */
  public String apply(String text, Random random) {
    return switch (kind) {
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case LOWER -> text.toLowerCase(Locale.ROOT);
      default -> typos(text, random);
    };
  }

  private String typos(String text, Random random) {
    StringBuilder changed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (!Character.isLetter(letter) || random.nextDouble() >= rate) {
        changed.append(letter);
        continue;
      }
      switch (kind) {
        case SWAP -> {
          boolean pair = i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
          if (pair) {
            changed.append(text.charAt(i + 1));
            i++;
          }
          changed.append(letter);
        }
        case NEIGHBOUR -> changed.append(neighbour(letter, random));
        default -> {
          // Dropped.
        }
      }
    }
    return changed.toString();
  }

  private static char neighbour(char letter, Random random) {
    char small = Character.toLowerCase(letter);
    for (String row : KEYS) {
      int at = row.indexOf(small);
      if (at >= 0) {
        int step = random.nextBoolean() ? 1 : -1;
        int to = at + step < 0 || at + step >= row.length() ? at - step : at + step;
        char other = row.charAt(to);
        return small == letter ? other : Character.toUpperCase(other);
      }
    }
    return letter;
  }
}
