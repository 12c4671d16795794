package io.headwater.trainer.tuning;

import java.io.IOException;
import java.util.List;

/** Hears what a search does, on the thread of the search. */
@FunctionalInterface
public interface TuningListener {

  /**
   * A trial came to the end of a rung, or failed.
   *
   * @param record the last of {@code all}
   */
  void ended(TrialRecord record, List<TrialRecord> all) throws IOException;
}
