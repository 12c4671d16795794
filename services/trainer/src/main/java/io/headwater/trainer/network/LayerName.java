package io.headwater.trainer.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which layer a weight is of, by its name. */
public final class LayerName {
  /** A layer is what ends in a number, such as {@code layers.0}. */
  private static final Pattern LAYER = Pattern.compile("^(.*?\\.\\d+)(?:\\.|$)");

  private LayerName() {}

  /** {@code layers.0} of {@code layers.0.attention.query.weight}; else all but the last part. */
  public static String of(String weight) {
    Matcher numbered = LAYER.matcher(weight);
    if (numbered.find()) {
      return numbered.group(1);
    }
    int dot = weight.lastIndexOf('.');
    return dot < 0 ? weight : weight.substring(0, dot);
  }

  /** Whether a layer is one of a row of its like, and no embedding or head. */
  public static boolean isNumbered(String layer) {
    return LAYER.matcher(layer).matches();
  }
}
