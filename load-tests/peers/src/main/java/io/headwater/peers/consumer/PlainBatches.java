package io.headwater.peers.consumer;

import ai.onnxruntime.OrtException;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.SentimentModel;
import java.util.List;

/**
 * A plain consumer that scores first-come batches of 32, padded to the longest of each: so many
 * consumers as the model may use threads, each with one batch at a time, over one session. That
 * costs a tenth less than one consumer whose runs have all the threads.
 */
public final class PlainBatches {
  private static final int BATCH = 32;

  private PlainBatches() {}

  /** The peer. */
  public static Peer peer(PeerSettings settings) {
    return new BatchPeer(
        settings, "batches-32", BATCH, folder -> new Loaded(SentimentModel.open(folder)));
  }

  private record Loaded(SentimentModel model) implements BatchPeer.Scorers {
    @Override
    public BatchScorer next() {
      return new BatchScorer() {
        @Override
        public float[][] probabilities(List<String> texts) throws OrtException {
          return model.probabilities(texts);
        }

        @Override
        public void close() {
          // The model is everybody's.
        }
      };
    }

    @Override
    public void close() throws OrtException {
      model.close();
    }
  }
}
