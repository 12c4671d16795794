package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

/**
 * The names under which the programs of one river are known to Kafka. Consumer groups hold how far
 * each stage has read: a service that changed its group would begin anew. Who writes in
 * transactions and has no group has a transactional id.
 *
 * @param prefix put before every name; empty for none
 */
public record HeadwaterGroups(String prefix) {
  public HeadwaterGroups {
    requireNonNull(prefix, "prefix");
  }

  /** Also the tokenizer's application id. */
  public String tokenizer() {
    return prefix + "headwater-tokenizer";
  }

  /** Each task of the scorer has a group. */
  public String scorer(String task) {
    return prefix + "headwater-scorer-" + task;
  }

  /** Also the aggregator's application id. */
  public String aggregator() {
    return prefix + "headwater-aggregator";
  }

  /** Transactional id of all who change what is assigned: one at a time can. */
  public String assignmentWriter() {
    return prefix + "headwater-models";
  }

  /** Transactional id of all who send dead letters back: one at a time can. */
  public String letterReplay() {
    return prefix + "headwater-dead-letters-replay";
  }

  /** Begins the names of everything that belongs to replays. */
  public String replays() {
    return prefix + "replay.";
  }
}
