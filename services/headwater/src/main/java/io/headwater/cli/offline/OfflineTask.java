package io.headwater.cli.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A task that is done without Kafka: texts in, a JSON object for each out. Owned by one thread. */
interface OfflineTask extends AutoCloseable {
  /** Field of an object that says why its text has no result. */
  String ERROR = "error";

  /** Does all; the object at an index belongs to the text at that index. */
  List<ObjectNode> answer(List<String> texts);

  @Override
  void close();
}
