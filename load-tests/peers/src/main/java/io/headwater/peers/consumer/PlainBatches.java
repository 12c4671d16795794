package io.headwater.peers.consumer;

import ai.onnxruntime.OrtException;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.SentimentModel;
import java.util.List;

/**
 * A plain consumer that scores first-come batches of 32, padded to the longest of each: one loop,
 * whose runs share all threads.
 */
public final class PlainBatches {
  private static final int BATCH = 32;

  private PlainBatches() {}

  /** The peer. */
  public static Peer peer(PeerSettings settings) {
    boolean split = Boolean.getBoolean("peer.split");
    return new BatchPeer(
        settings,
        "batches-32",
        Integer.getInteger("peer.batch", BATCH),
        split ? settings.threads() : 1,
        folder -> new Loaded(SentimentModel.open(folder, split ? 1 : settings.threads())));
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
