package io.headwater.runtime.config;

import java.util.List;

/** The settings cannot be used. Lists every fault at once, each naming its key. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public InvalidSettingsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence a fault. */
  public List<String> faults() {
    return faults;
  }
}
