package io.headwater.trainer.config;

import java.util.List;

/** A configuration cannot be used. Each fault names its place in the file. */
public final class InvalidConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /** All that is wrong. */
  public InvalidConfigurationException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** One line each. */
  public List<String> faults() {
    return faults;
  }
}
