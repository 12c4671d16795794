package io.headwater.schemas;

import static java.util.Objects.requireNonNull;

/**
 * The consumer groups of one river. They hold how far each stage has read: a service that changed
 * its group would begin anew.
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
}
