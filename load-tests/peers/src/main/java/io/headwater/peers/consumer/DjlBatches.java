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
 * DJL's engine for ONNX Runtime in the same consumer: {@code batchPredict} gets the batches.
 *
 * <p>As DJL's guide to inference has it, predictors run side by side over one model, with one
 * thread each. Batches are of eight: on a CPU those of 32 cost a quarter more, for their padding.
 */
public final class DjlBatches {
  private static final int BATCH = 8;

  private DjlBatches() {}

  /** The peer. */
  public static Peer peer(PeerSettings settings) {
    return new BatchPeer(settings, "djl", BATCH, DjlBatches::load);
  }

  private static Loaded load(PackageFolder folder) throws Exception {
    SentimentTranslator translator = SentimentTranslator.open(folder);
    ZooModel<String, float[]> model =
        Criteria.builder()
            .setTypes(String.class, float[].class)
            .optEngine("OnnxRuntime")
            .optModelPath(folder.graph())
            .optTranslator(translator)
            .optOption("intraOpNumThreads", "1")
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
