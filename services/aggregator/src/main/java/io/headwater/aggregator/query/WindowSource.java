package io.headwater.aggregator.query;

/** Somebody who can be asked for windows. Called by HTTP threads. */
public interface WindowSource {
  /** What this instance has. */
  WindowsAnswer local(WindowQuery query);

  /** What all instances have together. */
  WindowsAnswer everywhere(WindowQuery query);
}
