package io.headwater.load.river;

/** What is measured besides the bound and the saturated river. */
enum Part {
  LATENCY,
  LENGTHS,
  PEERS,
  DELIVERY,
  REPLAY
}
