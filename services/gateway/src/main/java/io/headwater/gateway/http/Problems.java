package io.headwater.gateway.http;

import io.headwater.gateway.ingest.Fault;
import io.headwater.gateway.ingest.ParsedBatch;
import io.headwater.gateway.kafka.Outcome;
import io.headwater.gateway.kafka.Outcome.Acknowledged;
import io.headwater.gateway.kafka.Outcome.Cause;
import io.headwater.gateway.kafka.Outcome.Failed;
import io.headwater.runtime.http.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problems that the gateway answers with. */
final class Problems {
  static final String INVALID = "invalid-message";
  static final String TOO_LARGE = "too-large";
  static final String MEDIA_TYPE = "unsupported-media-type";
  static final String INCOMPLETE = "incomplete-body";
  static final String BUSY = "busy";
  static final String TOO_FAST = "too-fast";
  static final String UNAVAILABLE = "unavailable";
  static final String NOT_ACKNOWLEDGED = "not-acknowledged";
  static final String INTERNAL = "internal-error";

  private static final int SOON = 1;
  private static final int LATER = 5;

  private Problems() {}

  static Problem mediaType() {
    return Problem.of(
        415,
        MEDIA_TYPE,
        "Send application/json or application/x-ndjson, in UTF-8 and not compressed");
  }

  static Problem incomplete() {
    return Problem.of(
        400,
        INCOMPLETE,
        "The body ended before its announced length, or its chunks are not HTTP's");
  }

  static Problem busy() {
    return Problem.of(
            429, BUSY, "As many messages are on their way as the gateway takes; try again soon")
        .retryAfter(SOON);
  }

  static Problem unavailable(String why) {
    return Problem.of(503, UNAVAILABLE, "Nothing can be taken now: " + why).retryAfter(LATER);
  }

  /** The faults of a batch, each with its index and field. */
  static Problem of(ParsedBatch batch) {
    boolean tooLarge = batch.onlyTooLarge();
    Fault first = batch.faults().get(0);
    String where = first.index() == Fault.WHOLE ? "" : "message %d: ".formatted(first.index());
    return Problem.of(
            tooLarge ? 413 : 400,
            tooLarge ? TOO_LARGE : INVALID,
            "Nothing was taken; " + where + first.sentence())
        .with("faults", batch.faults().stream().map(Problems::fault).toList());
  }

  /** What to say when not all was acknowledged. */
  static Problem notAcknowledged(List<Outcome> outcomes) {
    List<Map<String, Object>> acknowledged = new ArrayList<>();
    List<Map<String, Object>> failed = new ArrayList<>();
    boolean onlyTooLarge = true;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Acknowledged known) {
        acknowledged.add(receipt(known));
      } else if (outcomes.get(i) instanceof Failed failure) {
        onlyTooLarge &= failure.cause() == Cause.TOO_LARGE;
        failed.add(failed(i, failure));
      }
    }
    Problem problem =
        onlyTooLarge
            ? Problem.of(413, TOO_LARGE, "Kafka takes no record of that size")
            : Problem.of(
                    503,
                    NOT_ACKNOWLEDGED,
                    "Kafka did not acknowledge %d of %d messages; it may have them all the same"
                        .formatted(failed.size(), outcomes.size()))
                .retryAfter(LATER);
    return problem.with("acknowledged", acknowledged).with("failed", failed);
  }

  static Map<String, Object> receipt(Acknowledged known) {
    Map<String, Object> receipt = new LinkedHashMap<>();
    receipt.put("id", known.id());
    receipt.put("partition", known.partition());
    receipt.put("offset", known.offset());
    return receipt;
  }

  private static Map<String, Object> failed(int index, Failed failure) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("index", index);
    members.put("id", failure.id());
    members.put("reason", failure.detail());
    return members;
  }

  private static Map<String, Object> fault(Fault fault) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (fault.index() != Fault.WHOLE) {
      members.put("index", fault.index());
    }
    if (!fault.field().isEmpty()) {
      members.put("field", fault.field());
    }
    members.put("reason", fault.reason());
    return members;
  }
}
