package io.headwater.aggregator.http;

import java.util.List;

/** What an instance says of itself. Called by HTTP threads; must not wait. */
public interface InstanceStatus {
  /** Its base URL, as others reach it. */
  String url();

  /** Kafka Streams' word for the state of its streams. */
  String streams();

  boolean ready();

  /** Base URLs of the other instances. */
  List<String> peers();
}
