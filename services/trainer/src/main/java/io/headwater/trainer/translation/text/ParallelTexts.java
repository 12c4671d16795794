package io.headwater.trainer.translation.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sentences with their translations.
 *
 * @param sources the sentences
 * @param targets the translation of each
 */
public record ParallelTexts(List<String> sources, List<String> targets) {
  private static final int FAULTS_NAMED = 5;

  /** Refuses lists of unequal length. */
  public ParallelTexts {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources, but " + targets.size() + " targets");
    }
  }

  /**
   * Reads files one after the other.
   *
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException as {@link #read(Path)}
   */
  public static ParallelTexts read(List<Path> files) throws IOException {
    ParallelTexts all = new ParallelTexts(List.of(), List.of());
    for (Path file : files) {
      all = all.and(read(file));
    }
    return all;
  }

  /**
   * Reads UTF-8 lines of {@code source TAB target}.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the first bad lines and what is wrong with each
   */
  public static ParallelTexts read(Path file) throws IOException {
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String[] cells = line.split("\t", -1);
        if (cells.length == 2 && !cells[0].isBlank() && !cells[1].isBlank()) {
          sources.add(cells[0]);
          targets.add(cells[1]);
        } else {
          faults.add("line " + number + " has " + fault(cells));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %d of %d lines are not \"source TAB target\": %s"
              .formatted(
                  file,
                  faults.size(),
                  number,
                  String.join("; ", faults.subList(0, Math.min(FAULTS_NAMED, faults.size())))));
    }
    return new ParallelTexts(sources, targets);
  }

  /** Writes them as {@link #read(Path)} takes them, and makes the folder. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    List<String> lines = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      lines.add(sources.get(i) + '\t' + targets.get(i));
    }
    Files.write(file, lines);
  }

  private static String fault(String[] cells) {
    return cells.length == 2 ? "an empty cell" : cells.length + " cells";
  }

  /** These and others, in their order. */
  public ParallelTexts and(ParallelTexts others) {
    List<String> allSources = new ArrayList<>(sources);
    allSources.addAll(others.sources);
    List<String> allTargets = new ArrayList<>(targets);
    allTargets.addAll(others.targets);
    return new ParallelTexts(allSources, allTargets);
  }

  /** At most so many, spread evenly over all. */
  public ParallelTexts sample(int most) {
    if (size() <= most) {
      return this;
    }
    List<String> someSources = new ArrayList<>(most);
    List<String> someTargets = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      int row = (int) ((long) i * size() / most);
      someSources.add(sources.get(row));
      someTargets.add(targets.get(row));
    }
    return new ParallelTexts(someSources, someTargets);
  }

  /** A share of them, spread evenly, with sources in lower case, as people type in chats. */
  public ParallelTexts lowerCased(double share) {
    ParallelTexts some = sample((int) (size() * share));
    return new ParallelTexts(
        some.sources().stream().map(text -> text.toLowerCase(Locale.ROOT)).toList(),
        some.targets());
  }

  /** How many there are. */
  public int size() {
    return sources.size();
  }
}
