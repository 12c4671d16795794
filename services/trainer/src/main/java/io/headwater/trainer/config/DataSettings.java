package io.headwater.trainer.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The texts.
 *
 * @param train to learn from
 * @param dev to choose by
 * @param test only for the report
 * @param languages BCP 47 codes of what they are written in
 * @param balance how far rare labels of a train set count for more: 0 for every text alike, 1 for
 *     every label alike
 * @param unescape whether the texts are written with JSON's escapes and mean what these stand for
 */
public record DataSettings(
    List<Path> train,
    List<Path> dev,
    List<Path> test,
    List<String> languages,
    double balance,
    boolean unescape) {
  /** Copies the lists. */
  public DataSettings {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
    languages = languages.isEmpty() ? List.of("en") : List.copyOf(languages);
  }

  static DataSettings read(Section data) {
    DataSettings settings =
        new DataSettings(
            data.files("train"),
            data.files("dev"),
            data.files("test"),
            data.texts("languages"),
            data.fraction("balance", 0),
            data.flag("unescape", false));
    if (settings.train().isEmpty()) {
      data.fault("train", "is empty; at least one file of label TAB text");
    }
    if (settings.dev().isEmpty()) {
      data.fault("dev", "is empty; at least one file, to choose the best weights by");
    }
    data.end();
    return settings;
  }
}
