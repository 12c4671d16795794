package io.headwater.trainer.lexicon;

import io.headwater.trainer.translation.text.ParallelTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Training pairs for words that the training texts have rarely or never: rare nouns with an
 * article, other rare entries as they are, and sentences of the training texts with a noun replaced
 * by a rare one. Nouns whose English is common come first.
 */
public final class LexiconPairs {
  /** A German word that the texts have so often is known. */
  private static final int KNOWN_FROM = 8;

  private static final int MOST_WORDS_OF_A_NOUN = 3;
  private static final int MOST_WORDS_IN_A_SENTENCE = 2;

  /**
   * How many pairs of each kind, at most.
   *
   * @param nouns with an article
   * @param others entries that are no single noun
   * @param sentences with a noun replaced
   */
  public record Amounts(int nouns, int others, int sentences) {
    /** None may be negative. */
    public Amounts {
      if (Math.min(nouns, Math.min(others, sentences)) < 0) {
        throw new IllegalArgumentException("a number of pairs is 0 or more");
      }
    }
  }

  /**
   * Pairs of each kind.
   *
   * @param nouns with an article
   * @param others entries that are no single noun
   * @param sentences with a noun replaced
   */
  public record Made(ParallelTexts nouns, ParallelTexts others, ParallelTexts sentences) {
    /** All of them. */
    public ParallelTexts all() {
      return nouns.and(others).and(sentences);
    }
  }

  private final Lexicon lexicon;
  private final ParallelTexts texts;
  private final WordCounts german;
  private final WordCounts english;

  /**
   * A source of pairs.
   *
   * @param texts German sentences with their English, as a training has them
   * @param english how often English words are
   */
  public LexiconPairs(Lexicon lexicon, ParallelTexts texts, WordCounts english) {
    this.lexicon = lexicon;
    this.texts = texts;
    this.english = english;
    this.german = WordCounts.german().add(texts.sources());
  }

  /** Draws pairs; the same seed draws the same. */
  public Made draw(Amounts amounts, long seed) {
    Random random = new Random(seed);
    List<Entry> rare = new ArrayList<>();
    List<Entry> others = new ArrayList<>();
    for (Entry entry : lexicon.entries()) {
      if (!known(entry.german())) {
        if (entry.commonNoun() && words(entry) <= MOST_WORDS_OF_A_NOUN) {
          rare.add(entry);
        } else if (entry.gender().isEmpty()) {
          others.add(entry);
        }
      }
    }
    List<MadePair> nouns =
        WeightedChoice.some(rare, this::weight, amounts.nouns(), random).stream()
            .map(entry -> phrase(entry, random))
            .toList();
    Collections.shuffle(others, random);
    return new Made(
        texts(nouns),
        texts(
            others.stream()
                .limit(amounts.others())
                .map(entry -> new MadePair(entry.german(), entry.english()))
                .toList()),
        texts(sentences(rare, amounts.sentences(), random)));
  }

  private List<MadePair> sentences(List<Entry> rare, int most, Random random) {
    NounSwap swap = new NounSwap(lexicon.unambiguousNouns(), byGender(rare));
    List<Integer> rows = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
    Collections.shuffle(rows, random);
    return rows.stream()
        .map(row -> new MadePair(texts.sources().get(row), texts.targets().get(row)))
        .flatMap(pair -> swap.of(pair, random).stream())
        .limit(most)
        .toList();
  }

  private Map<Gender, WeightedChoice<Entry>> byGender(List<Entry> rare) {
    Map<Gender, List<Entry>> lists = new EnumMap<>(Gender.class);
    for (Entry entry : rare) {
      if (words(entry) <= MOST_WORDS_IN_A_SENTENCE) {
        lists.computeIfAbsent(entry.gender().orElseThrow(), gender -> new ArrayList<>()).add(entry);
      }
    }
    Map<Gender, WeightedChoice<Entry>> choices = new EnumMap<>(Gender.class);
    lists.forEach((gender, list) -> choices.put(gender, new WeightedChoice<>(list, this::weight)));
    return choices;
  }

  private static MadePair phrase(Entry noun, RandomGenerator random) {
    List<Article> articles = noun.gender().orElseThrow().articles();
    return articles.get(random.nextInt(articles.size())).with(noun);
  }

  private boolean known(String expression) {
    return Words.german(expression).stream()
        .allMatch(
            word ->
                german.of(word) >= KNOWN_FROM
                    || german.of(Character.toLowerCase(word.charAt(0)) + word.substring(1))
                        >= KNOWN_FROM);
  }

  private int words(Entry entry) {
    return english.words(entry.english()).size();
  }

  /** The square root of how common its English is: between all alike and as they are. */
  private double weight(Entry entry) {
    return Math.sqrt(english.rarest(entry.english()));
  }

  private static ParallelTexts texts(List<MadePair> pairs) {
    return new ParallelTexts(
        pairs.stream().map(MadePair::source).toList(),
        pairs.stream().map(MadePair::target).toList());
  }
}
