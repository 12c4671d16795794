package io.headwater.faults.fleet;

import java.util.Locale;

/** The services that a message passes. */
public enum Role {
  TOKENIZER,
  SCORER,
  AGGREGATOR;

  /** As in {@code headwater run NAME}. */
  public String service() {
    return name().toLowerCase(Locale.ROOT);
  }
}
