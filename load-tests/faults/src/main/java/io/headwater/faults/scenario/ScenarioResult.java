package io.headwater.faults.scenario;

import io.headwater.faults.check.RecoveryLog.Recovery;
import io.headwater.faults.check.Verdict;
import java.util.List;

/**
 * What a scenario gave.
 *
 * @param scenario its name
 * @param verdict what became of the messages
 * @param recoveries after each fault
 * @param drainSeconds from the last message sent to the last insight: then the lag is 0
 * @param perSecond messages a second, from the first sent to the last insight
 * @param wallSeconds the whole scenario, starts and stops included
 * @param broken promises that were not kept, besides those in the verdict
 * @param notes what else was seen
 */
public record ScenarioResult(
    String scenario,
    Verdict verdict,
    List<Recovery> recoveries,
    double drainSeconds,
    double perSecond,
    double wallSeconds,
    List<String> broken,
    List<String> notes) {
  public ScenarioResult {
    recoveries = List.copyOf(recoveries);
    broken = List.copyOf(broken);
    notes = List.copyOf(notes);
  }

  /** Whether every promise was kept. */
  public boolean isClean() {
    return verdict.isClean() && broken.isEmpty();
  }
}
