package io.headwater.trainer.lexicon;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a dictionary is to a training: for each German expression one English expression, of words
 * that are common in the texts.
 *
 * @param entries sorted by German expression and gender
 */
public record Lexicon(List<Entry> entries) {
  /**
   * An English word that is rarer has nothing to teach: the model cannot have learned to say it.
   */
  private static final int LEAST_COUNT = 2;

  private static final double COST_OF_A_WORD = 0.5;
  private static final double COST_OF_A_PLACE = 0.3;

  /** In its own order. */
  public Lexicon {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a dictionary in Ding's form, UTF-8.
   *
   * @param withoutDomains fields of knowledge to leave out, such as {@code chem}
   * @param english how often English words are
   * @param apart texts to judge by: an entry of several words that is one of them is left out
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if nothing in it is of use
   */
  public static Lexicon read(
      Path file, Set<String> withoutDomains, WordCounts english, Collection<String> apart)
      throws IOException {
    Set<String> judges = apart.stream().map(Lexicon::bare).collect(Collectors.toSet());
    Map<String, Choice> choices = new TreeMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        DictionaryLine.parse(line)
            .filter(parsed -> parsed.domains().stream().noneMatch(withoutDomains::contains))
            .stream()
            .flatMap(parsed -> parsed.senses(text -> english.rarest(text) >= LEAST_COUNT).stream())
            .filter(
                sense -> sense.german().indexOf(' ') < 0 || !judges.contains(bare(sense.german())))
            .forEach(
                sense ->
                    choices.merge(
                        sense.german() + '\t' + sense.gender().map(Gender::ordinal).orElse(-1),
                        Choice.of(sense, english),
                        Choice::better));
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    }
    if (choices.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + " has no line of the form \"Leiter {f} :: ladder\" with words that the texts have: is"
              + " it the German-English dictionary of Ding?");
    }
    return new Lexicon(choices.values().stream().map(Choice::entry).toList());
  }

  /** Those of a German expression that is one noun with one gender. */
  Map<String, Entry> unambiguousNouns() {
    Map<String, Optional<Entry>> found = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.commonNoun()) {
        found.merge(entry.german(), Optional.of(entry), (one, other) -> Optional.empty());
      }
    }
    Map<String, Entry> nouns = new TreeMap<>();
    found.forEach((german, entry) -> entry.ifPresent(only -> nouns.put(german, only)));
    return nouns;
  }

  private static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("^[ .!?]+|[ .!?]+$", "");
  }

  /** The best English expression so far: common words first, few words, early places. */
  private record Choice(Entry entry, double merit) {
    static Choice of(Sense sense, WordCounts english) {
      List<Choice> all = new ArrayList<>();
      for (int place = 0; place < sense.english().size(); place++) {
        String text = sense.english().get(place);
        all.add(
            new Choice(
                new Entry(sense.gender(), sense.german(), text),
                commonness(text, english) - COST_OF_A_PLACE * place));
      }
      return all.stream().max(Comparator.comparingDouble(Choice::merit)).orElseThrow();
    }

    static Choice better(Choice one, Choice other) {
      return other.merit > one.merit ? other : one;
    }

    private static double commonness(String text, WordCounts english) {
      List<String> words = english.words(text);
      return words.stream().mapToDouble(word -> Math.log1p(english.of(word))).average().orElse(0)
          - COST_OF_A_WORD * words.size();
    }
  }
}
