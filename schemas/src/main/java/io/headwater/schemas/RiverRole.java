package io.headwater.schemas;

import java.util.Locale;

/** Who does what in a river, and so needs rights of its own: the services, and what people do. */
public enum RiverRole {
  TOKENIZER("the tokenizer"),
  SCORER("the scorer"),
  AGGREGATOR("the aggregator"),
  GATEWAY("the gateway"),
  SENDER("headwater send, and other producers of messages"),
  READER("headwater tail, and others who read everything"),
  TOPICS("headwater topics create and list"),
  MODELS("headwater models assign, shadow, canary, rollback and status"),
  LETTERS("headwater dead-letters list, show, export and replay"),
  REPLAY("headwater replay, with the services that it runs"),
  LAG("what scales or watches the services by their lag");

  private final String purpose;

  RiverRole(String purpose) {
    this.purpose = purpose;
  }

  /** Who it is, in words. */
  public String purpose() {
    return purpose;
  }

  /** As the command line has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
