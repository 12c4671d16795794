package io.headwater.peers.consumer;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.PackageFolder;
import java.util.List;

/**
 * DJL's engine for ONNX Runtime: a predictor for each consumer, whose {@code batchPredict} gets the
 * batches. As DJL's guide to inference has it, predictors run side by side over one model with one
 * thread each.
 */
public final class DjlBatches {
  private static final int BATCH = 32;

  private DjlBatches() {}

  /** The peer. */
  public static Peer peer(PeerSettings settings) {
    boolean split = Boolean.getBoolean("peer.split");
    return new BatchPeer(
        settings,
        "djl",
        Integer.getInteger("peer.batch", BATCH),
        split ? settings.threads() : 1,
        folder -> load(folder, split ? 1 : settings.threads()));
  }

  private static Loaded load(PackageFolder folder, int threads) throws Exception {
    SentimentTranslator translator = SentimentTranslator.open(folder);
    ZooModel<String, float[]> model =
        Criteria.builder()
            .setTypes(String.class, float[].class)
            .optEngine("OnnxRuntime")
            .optModelPath(folder.graph())
            .optTranslator(translator)
            .optOption("intraOpNumThreads", Integer.toString(threads))
            .optOption("interOpNumThreads", "1")
            .build()
            .loadModel();
    return new Loaded(model, translator);
  }

  private record Loaded(ZooModel<String, float[]> model, SentimentTranslator translator)
      implements BatchPeer.Scorers {
    @Override
    public BatchScorer next() throws TranslateException {
      Predictor<String, float[]> predictor = model.newPredictor();
      predictor.predict("warm");
      return new BatchScorer() {
        @Override
        public float[][] probabilities(List<String> texts) throws TranslateException {
          return predictor.batchPredict(texts).toArray(float[][]::new);
        }

        @Override
        public void close() {
          predictor.close();
        }
      };
    }

    @Override
    public void close() {
      model.close();
      translator.close();
    }
  }
}
