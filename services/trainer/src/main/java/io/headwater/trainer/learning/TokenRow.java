package io.headwater.trainer.learning;

import io.headwater.trainer.data.Sentiment;

/**
 * A text as a network reads it, and what people said of it.
 *
 * @param ids token ids, special tokens included
 * @param label which of the network's outputs is right
 * @param twoWay whether nobody could answer "neutral": the loss then leaves that output out
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens: a box each is too dear
public record TokenRow(int[] ids, int label, boolean twoWay) {

  /** Refuses rows without tokens. */
  public TokenRow {
    if (ids.length == 0) {
      throw new IllegalArgumentException("a row needs a token");
    }
    if (twoWay && label == Sentiment.NEUTRAL.index()) {
      throw new IllegalArgumentException("a neutral row says where neutral begins");
    }
  }
}
