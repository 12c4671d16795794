package io.headwater.trainer.tuning;

import java.util.List;

/** The search cannot be made as it is asked for; each fault names a field and what to change. */
public final class InvalidTuningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /** All that is wrong. */
  public InvalidTuningException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** One thing that is wrong. */
  public InvalidTuningException(String fault) {
    this(List.of(fault));
  }

  /** What is wrong, a line each. */
  public List<String> faults() {
    return faults;
  }
}
