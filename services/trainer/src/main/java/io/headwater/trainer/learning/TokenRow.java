package io.headwater.trainer.learning;

import io.headwater.trainer.data.Sentiment;

/**
 * A text as a network reads it, and what people said of it.
 *
 * @param ids token ids, special tokens included
 * @param label which of the network's outputs is right
 * @param twoWay whether nobody could answer "neutral": the loss then leaves that output out
 * @param weight how much its loss counts; 1 is usual
 */
@SuppressWarnings("ArrayRecordComponent") // millions of tokens: a box each is too dear
public record TokenRow(int[] ids, int label, boolean twoWay, float weight) {

  /** A row of the usual weight. */
  public TokenRow(int[] ids, int label, boolean twoWay) {
    this(ids, label, twoWay, 1);
  }

  /** Refuses rows without tokens. */
  public TokenRow {
    if (ids.length == 0) {
      throw new IllegalArgumentException("a row needs a token");
    }
    if (!(weight > 0)) {
      throw new IllegalArgumentException("weight is " + weight + "; more than 0 is needed");
    }
    if (twoWay && label == Sentiment.NEUTRAL.index()) {
      throw new IllegalArgumentException("a neutral row says where neutral begins");
    }
  }
}
