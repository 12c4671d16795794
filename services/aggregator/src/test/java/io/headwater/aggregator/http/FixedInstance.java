package io.headwater.aggregator.http;

import java.util.List;

/** An instance that runs, among these peers. */
record FixedInstance(List<String> peers) implements InstanceStatus {
  @Override
  public String url() {
    return "http://a:1";
  }

  @Override
  public String streams() {
    return "RUNNING";
  }

  @Override
  public boolean ready() {
    return true;
  }
}
