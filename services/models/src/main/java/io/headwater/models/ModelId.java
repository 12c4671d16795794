package io.headwater.models;

import java.util.regex.Pattern;

/**
 * The name of one version of one model, written {@code id@version}. Both parts are safe as names of
 * folders.
 *
 * @param id what the model is called in all its versions, such as {@code sentiment-e5-small-v2}
 * @param version which one, such as {@code 1.0.0}
 */
public record ModelId(String id, String version) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
  private static final int SHOWN = 60;

  /**
   * Refuses parts that are empty, longer than 128 characters, or hold anything but letters, digits
   * and {@code . _ + -}.
   */
  public ModelId {
    requirePart("id", id);
    requirePart("version", version);
  }

  /**
   * Reads what {@link #toString()} writes.
   *
   * @throws IllegalArgumentException with one clear line if the text is not {@code id@version}
   */
  public static ModelId parse(String idAtVersion) {
    int at = idAtVersion.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "\"" + idAtVersion + "\" names no model: write id@version, such as sentiment-x@1.0.0");
    }
    return new ModelId(idAtVersion.substring(0, at), idAtVersion.substring(at + 1));
  }

  /** Whether a text may serve as an id or a version. */
  static boolean isPart(String text) {
    return PART.matcher(text).matches();
  }

  private static void requirePart(String name, String value) {
    if (!isPart(value)) {
      throw new IllegalArgumentException(
          "model "
              + name
              + " \""
              + (value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...")
              + "\" must begin with a letter or digit and hold only letters, digits and . _ + -,"
              + " at most 128");
    }
  }

  @Override
  public String toString() {
    return id + "@" + version;
  }
}
