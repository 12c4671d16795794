package io.headwater.tokenizer;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.Message;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * One way through the tokenizer: from the records of a topic to the token sequences of a task. Each
 * is a sub-topology of its own, so they share no node.
 *
 * @param name distinct; begins the names of its nodes
 * @param from where records are read
 * @param task the task that the token sequences are for
 * @param to where they are written
 * @param <V> type of the records that are read
 */
record Hop<V extends SpecificRecord>(
    String name, Topic<V> from, String task, Topic<TokenSequence> to) {
  Hop {
    requireNonNull(name, "name");
    requireNonNull(from, "from");
    requireNonNull(task, "task");
    requireNonNull(to, "to");
  }

  /** From the messages to the task that comes first. */
  static Hop<Message> ofMessages(HeadwaterTopics topics, boolean isTranslating) {
    String first = isTranslating ? HeadwaterTopics.TRANSLATION : HeadwaterTopics.SENTIMENT;
    return new Hop<>("messages", topics.messages(), first, topics.tokens(first));
  }

  /** From the translations to sentiment. */
  static Hop<Translation> ofTranslations(HeadwaterTopics topics) {
    return new Hop<>(
        "translations",
        topics.translations(),
        HeadwaterTopics.SENTIMENT,
        topics.tokens(HeadwaterTopics.SENTIMENT));
  }

  String source() {
    return name;
  }

  String step() {
    return name + "-tokenize";
  }

  String tokensSink() {
    return name + "-tokens";
  }

  /** Where the tokens for the other model of a trial go; only sentiment has trials. */
  String besideSink() {
    return name + "-tokens-beside";
  }

  boolean hasTrials() {
    return task.equals(HeadwaterTopics.SENTIMENT);
  }

  String deadLettersSink() {
    return name + "-dead-letters";
  }
}
