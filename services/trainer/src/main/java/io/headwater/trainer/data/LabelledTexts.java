package io.headwater.trainer.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts whose sentiment people have judged.
 *
 * @param name what the set is called, such as {@code sst3.train}
 * @param texts the texts
 * @param labels a label for each text
 */
public record LabelledTexts(String name, List<String> texts, List<Sentiment> labels) {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|([\"/\\\\]))");

  /** Refuses lists of unequal length. */
  public LabelledTexts {
    Objects.requireNonNull(name, "name");
    texts = List.copyOf(texts);
    labels = List.copyOf(labels);
    if (texts.size() != labels.size()) {
      throw new IllegalArgumentException(texts.size() + " texts, " + labels.size() + " labels");
    }
  }

  /**
   * Reads several files, as {@link #read(Path)} does one.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException naming file and line if a line is not of that form
   */
  public static List<LabelledTexts> read(List<Path> files) throws IOException {
    List<LabelledTexts> sets = new ArrayList<>();
    for (Path file : files) {
      sets.add(read(file));
    }
    return sets;
  }

  /**
   * Reads UTF-8 lines of {@code label TAB text}.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming file and line if a line is not of that form
   */
  public static LabelledTexts read(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Sentiment> labels = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        try {
          labels.add(Sentiment.parse(tab < 0 ? line : line.substring(0, tab)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              file + " line " + (labels.size() + 1) + ": " + e.getMessage(), e);
        }
        texts.add(line.substring(tab + 1));
      }
    }
    return new LabelledTexts(nameOf(file), texts, labels);
  }

  /** What a set is called after its file: {@code dev} for {@code dev.tsv}. */
  public static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.tsv$", "");
  }

  /**
   * The same with JSON's escapes of a code unit, of quotation marks and of slashes read as what
   * they mean. Tweets are often kept with them, and then only there: what comes later has none.
   */
  public LabelledTexts unescaped() {
    return new LabelledTexts(name, texts.stream().map(LabelledTexts::unescaped).toList(), labels);
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? found.group(2)
                        : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /** Some of the rows as a set of their own. */
  public LabelledTexts select(String part, int... rows) {
    return new LabelledTexts(
        part,
        Arrays.stream(rows).mapToObj(texts::get).toList(),
        Arrays.stream(rows).mapToObj(labels::get).toList());
  }

  /** How many texts there are. */
  public int size() {
    return texts.size();
  }

  /**
   * Whether nobody could answer "neutral". Such a set says nothing about where neutral begins: it
   * only tells negative from positive.
   */
  public boolean twoWay() {
    Set<Sentiment> used = EnumSet.noneOf(Sentiment.class);
    used.addAll(labels);
    return !used.contains(Sentiment.NEUTRAL);
  }
}
