package io.headwater.schemas;

/**
 * Why a record could not be processed. The name goes into {@code DeadLetter.cause}: a name, once
 * used, keeps its meaning.
 */
public enum DeadLetterCause {
  /** The record has no value. */
  NULL_VALUE("the record has no value"),
  /** The value, unpacked, is larger than a topic takes: topics limit records as they are sent. */
  RECORD_TOO_LARGE("the record, unpacked, is larger than its topic takes"),
  /** The value does not begin with the wire format's magic byte and a schema id. */
  NOT_AVRO("the value is not in the registry's Avro wire format"),
  /** The registry does not know the value's schema id. */
  UNKNOWN_SCHEMA("the registry does not know the value's schema"),
  /** The value's schema cannot be read as the topic's record type. */
  INCOMPATIBLE_SCHEMA("the value's schema does not fit the topic's"),
  /** The bytes end early, go on too long, or break the schema. */
  MALFORMED("the value's bytes do not follow its schema"),
  /** A string holds bytes that are not UTF-8. */
  INVALID_UTF8("a string of the value is not valid UTF-8"),
  /** The text is longer than the configured limit. */
  TEXT_TOO_LONG("the text is longer than the limit"),
  /** A result lacks the text that the next stage is to read. */
  MISSING_TEXT("the record lacks the text that is to be read"),
  /** The message asks for a task that does not exist. */
  UNKNOWN_TASK("the message asks for a task that does not exist"),
  /** The tokenizer itself failed on the text. */
  TOKENIZER_FAILURE("the tokenizer failed on this record"),
  /** The tokens are stamped with a model that this scorer does not have. */
  UNKNOWN_MODEL("the scorer does not have the model the tokens were made for"),
  /** Token ids are outside the model's vocabulary, or a segment is longer than the model takes. */
  INVALID_TOKENS("the tokens do not fit the model they are stamped with"),
  /** The model failed on this record alone, or gave a value that is not a number. */
  MODEL_FAILURE("the model failed on this record"),
  /** The result would be larger than the topic takes. */
  RESULT_TOO_LARGE("the result is larger than the topic takes");

  private final String sentence;

  DeadLetterCause(String sentence) {
    this.sentence = sentence;
  }

  /** The cause in words, without a full stop. */
  public String sentence() {
    return sentence;
  }
}
