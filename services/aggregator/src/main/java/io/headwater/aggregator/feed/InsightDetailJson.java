package io.headwater.aggregator.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.aggregator.path.InsightPlace;
import io.headwater.aggregator.path.TaskSteps;
import io.headwater.avro.Origin;
import io.headwater.schemas.HeadwaterTopics;
import java.time.Instant;
import java.util.Optional;

/** One insight as JSON with its detail. Made when it is asked for. Thread-safe. */
public final class InsightDetailJson {
  private final HeadwaterTopics topics;
  private final ObjectMapper json = new ObjectMapper();

  /** Of a river with these topics. */
  public InsightDetailJson(HeadwaterTopics topics) {
    this.topics = topics;
  }

  /** The insight of an event: what lists show of it, its way, and how its words were translated. */
  public ObjectNode of(FeedEvent event) {
    ObjectNode node = read(event.json());
    event
        .detail()
        .ifPresent(
            detail -> {
              node.set("path", path(node, detail));
              detail.texts().original().ifPresent(text -> putWhole(node, text));
              if (node.get("translation") instanceof ObjectNode translation) {
                AlignmentRows.put(translation, detail);
                detail.texts().translation().ifPresent(text -> putWhole(translation, text));
              }
            });
    return node;
  }

  private static void putWhole(ObjectNode node, String text) {
    node.put("text", text).put("textCut", false);
  }

  private ObjectNode read(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The feed holds what it has written itself", e);
    }
  }

  /** The stages in the order of the flow; one of which nothing is known is left out. */
  private ArrayNode path(ObjectNode insight, InsightDetail detail) {
    InsightPlace place = detail.place();
    ArrayNode path = json.createArrayNode();
    if (insight.hasNonNull("sentAt")) {
      path.addObject().put("stage", "producer").put("at", insight.get("sentAt").asText());
    }
    Origin origin = detail.origin();
    ObjectNode message = path.addObject().put("stage", "messages");
    put(message, origin.getTopic(), origin.getPartition(), origin.getOffset());
    putTime(message, place.timestamp());
    task(path, insight, place, HeadwaterTopics.TRANSLATION, place.path().translation());
    task(path, insight, place, HeadwaterTopics.SENTIMENT, place.path().sentiment());
    if (place.path().joinedAt() >= 0) {
      ObjectNode joined = path.addObject().put("stage", "aggregator");
      put(joined, topics.insights().name(), place.partition(), place.offset());
      putTime(joined, place.path().joinedAt());
    }
    return path;
  }

  private void task(
      ArrayNode path,
      ObjectNode insight,
      InsightPlace place,
      String task,
      Optional<TaskSteps> known) {
    if (known.isEmpty()) {
      return;
    }
    TaskSteps steps = known.get();
    JsonNode model = insight.path(task).path("model");
    if (steps.tokenizedAt() >= 0) {
      ObjectNode tokens = path.addObject().put("stage", "tokenizer").put("task", task);
      put(tokens, topics.tokens(task).name(), place.partition(), steps.tokensOffset());
      putTime(tokens, steps.tokenizedAt());
      putModel(tokens, model);
    }
    if (steps.scoredAt() >= 0) {
      ObjectNode scores = path.addObject().put("stage", "scorer").put("task", task);
      String topic =
          task.equals(HeadwaterTopics.SENTIMENT)
              ? topics.sentimentScores().name()
              : topics.translations().name();
      put(scores, topic, place.partition(), steps.scoresOffset());
      putTime(scores, steps.scoredAt());
      putModel(scores, model);
    }
  }

  private static void put(ObjectNode stage, String topic, int partition, long offset) {
    stage.put("topic", topic).put("partition", partition);
    if (offset >= 0) {
      stage.put("offset", offset);
    }
  }

  private static void putTime(ObjectNode stage, long millis) {
    if (millis >= 0) {
      stage.put("at", Instant.ofEpochMilli(millis).toString());
    }
  }

  /** A task that was skipped has no model in the insight. */
  private static void putModel(ObjectNode stage, JsonNode model) {
    if (model.isTextual()) {
      stage.set("model", model);
    }
  }
}
