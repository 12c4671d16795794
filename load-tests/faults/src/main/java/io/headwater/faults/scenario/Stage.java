package io.headwater.faults.scenario;

import io.headwater.faults.check.Checker;
import io.headwater.faults.check.RecoveryLog;
import io.headwater.faults.check.Verdict;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.fleet.Fleet;
import io.headwater.faults.fleet.Role;
import io.headwater.faults.fleet.ServiceProcess;
import io.headwater.faults.process.Waiting;
import io.headwater.faults.traffic.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All that a scenario's script can reach. Belongs to the thread that runs it. */
public final class Stage {
  private final Parts parts;
  private final Pace pace;
  private final Random random;
  private final List<String> broken = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What runs. */
  record Parts(
      KafkaCluster cluster,
      RegistryServer registry,
      Fleet fleet,
      Sender sender,
      Checker checker,
      RecoveryLog recoveries) {}

  Stage(Parts parts, Pace pace, Random random) {
    this.parts = parts;
    this.pace = pace;
    this.random = random;
  }

  public KafkaCluster cluster() {
    return parts.cluster();
  }

  public RegistryServer registry() {
    return parts.registry();
  }

  public Fleet fleet() {
    return parts.fleet();
  }

  public ServiceProcess first(Role role) {
    return parts.fleet().first(role);
  }

  public Sender sender() {
    return parts.sender();
  }

  public Random random() {
    return random;
  }

  public Pace pace() {
    return pace;
  }

  /** Messages that were sent and have no answer yet. */
  public long lag() {
    return parts.sender().sent() - parts.checker().answered();
  }

  /** Whether every message has its answer and is counted in its windows. */
  boolean isComplete() {
    return lag() == 0 && parts.checker().counted() == parts.sender().sent();
  }

  /** Messages that have an answer. */
  public long answered() {
    return parts.checker().answered();
  }

  /** Lets time pass. */
  public void pause(double seconds) throws InterruptedException {
    Thread.sleep(Math.round(seconds * 1000));
  }

  /** Lets a time pass that nobody can foresee, and that is the same for the same seed. */
  public void pauseBetween(double fewest, double most) throws InterruptedException {
    pause(fewest + random.nextDouble() * (most - fewest));
  }

  /** From here on it is measured how long new messages take to come out. */
  public void faultEnded(String fault) {
    parts.recoveries().faultEnded(fault, parts.sender().sent(), System.nanoTime());
  }

  /** Waits until messages come out again after all faults so far. */
  public void awaitRecovery() throws InterruptedException {
    if (!Waiting.until(() -> parts.recoveries().unrecovered() == 0, Pace.RECOVERY_LIMIT)) {
      broken(
          "no new insight within %d s of a fault's end".formatted(Pace.RECOVERY_LIMIT.toSeconds()));
    }
  }

  /** Waits until every message sent so far has its answer. */
  public boolean awaitNoLag(Duration limit) throws InterruptedException {
    long goal = parts.sender().sent();
    return Waiting.until(() -> parts.checker().answered() >= goal, limit);
  }

  /** A promise that is not kept. */
  public void broken(String promise) {
    broken.add(promise);
  }

  /** Something that a reader of the results should know. */
  public void note(String text) {
    notes.add(text);
  }

  Verdict verdict() {
    return parts.checker().verdict(parts.sender().sent());
  }

  List<RecoveryLog.Recovery> recoveries() {
    return parts.recoveries().recoveries();
  }

  List<String> brokenPromises() {
    return List.copyOf(broken);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
