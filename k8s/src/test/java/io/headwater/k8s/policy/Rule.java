package io.headwater.k8s.policy;

import java.util.List;

/** Something that every rendered overlay must keep to. */
@FunctionalInterface
public interface Rule {
  /** What breaks it, one sentence each; empty where nothing does. */
  List<String> faults(River river);
}
