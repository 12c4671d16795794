package io.headwater.peers.contract;

/** One way to put the model behind a topic. One thread runs it, once; another one stops it. */
public interface Peer {
  /**
   * Answers messages until it is stopped.
   *
   * @param ready run once, when the model is loaded and reading begins
   * @throws Exception if it cannot go on
   */
  void run(Runnable ready) throws Exception;

  /** Asks {@link #run} to come back; may be called from any thread and more than once. */
  void stop();
}
