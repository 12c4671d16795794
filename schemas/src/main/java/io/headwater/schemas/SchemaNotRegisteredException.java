package io.headwater.schemas;

/** A topic's schema is not in the registry. The set-up is at fault: register it first. */
public final class SchemaNotRegisteredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaNotRegisteredException(Topic<?> topic) {
    super(
        "The schema of topic %s is not registered under subject %s: run `headwater schemas register`"
            .formatted(topic.name(), topic.subject()));
  }
}
