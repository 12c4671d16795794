package io.headwater.trainer;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.trainer.data.EncoderFiles;
import io.headwater.trainer.data.FeatureStore;
import io.headwater.trainer.data.Features;
import io.headwater.trainer.data.LabelledTexts;
import io.headwater.trainer.graph.HeadGraph;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.PooledState;
import io.headwater.trainer.graph.SentimentHead;
import io.headwater.trainer.head.HeadSettings;
import io.headwater.trainer.head.HeadTraining;
import io.headwater.trainer.head.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the sentiment head on top of a frozen encoder and writes it as {@code head.onnx}.
 *
 * <p>Reads only {@code *.train} and {@code *.dev} sets. The epoch whose head is best on the dev
 * sets is the one that is written; test sets are for reports and play no part here.
 */
public final class SentimentHeadTrainer {

  private static final Logger log = LoggerFactory.getLogger(SentimentHeadTrainer.class);

  /**
   * Not sst2.train: its phrases come from the sentences of sst3.train, and the dev sets gained
   * nothing.
   */
  private static final List<String> TRAIN = List.of("sst3.train", "semeval.train");

  private static final List<String> DEV = List.of("sst2.dev", "sst3.dev", "semeval.dev");

  /** Has no dev set of its own, so every tenth text of it is kept back. */
  private static final String REVIEWS = "ccby.train";

  private static final int KEPT_BACK = 10;

  /**
   * What to train from and to.
   *
   * @param data folder with {@code sst2.train.tsv} and the others
   * @param encoder the encoder's jar, or a folder with its graph and tokenizer
   * @param out where the head and the cached features go
   * @param pooled what of the encoder the head reads
   * @param settings how to train
   */
  public record Config(
      Path data, Path encoder, Path out, List<PooledState> pooled, HeadSettings settings) {

    /** Needs all of them. */
    public Config {
      Objects.requireNonNull(data, "data");
      Objects.requireNonNull(encoder, "encoder");
      Objects.requireNonNull(out, "out");
      Objects.requireNonNull(settings, "settings");
      pooled = List.copyOf(pooled);
      if (pooled.isEmpty()) {
        throw new IllegalArgumentException("the head needs at least one pooled state to read");
      }
    }
  }

  /**
   * What came of it.
   *
   * @param head the file with the trained head
   * @param epochs after how many epochs the head was best on the dev sets
   * @param dev its quality on each dev set
   */
  public record Outcome(Path head, int epochs, Map<String, Quality> dev) {}

  /** The best head so far. */
  private static final class Best {
    private double score = Double.NEGATIVE_INFINITY;
    private int epoch;
    private Map<String, Quality> dev = Map.of();
    private ModelProto graph = ModelProto.getDefaultInstance();
  }

  private final Config config;

  /** A trainer; nothing is read yet. */
  public SentimentHeadTrainer(Config config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  /**
   * Trains. The encoder's part takes half an hour the first time; it is kept in {@code
   * out/features} and an interrupted run goes on from there. The head itself takes minutes.
   *
   * @throws IOException if data, encoder or results cannot be read or written
   */
  public Outcome train() throws IOException {
    Files.createDirectories(config.out());
    EncoderFiles encoder = EncoderFiles.find(config.encoder(), config.out().resolve("encoder"));
    List<Features> train = new ArrayList<>();
    List<Features> dev = new ArrayList<>();
    try (FeatureStore store =
        new FeatureStore(encoder, config.pooled(), config.out().resolve("features"))) {
      for (String name : DEV) {
        dev.add(store.of(read(name)));
      }
      splitReviews(store.of(read(REVIEWS)), train, dev);
      for (String name : TRAIN) {
        train.add(store.of(read(name)));
      }
    }
    Best best = new Best();
    new HeadTraining(config.pooled(), train, config.settings())
        .run((head, epoch) -> judge(head, epoch, dev, best));
    Path file = config.out().resolve("head.onnx");
    OnnxFile.write(best.graph, file);
    log.info("head written file={} epochs={} dev={}", file, best.epoch, best.dev);
    return new Outcome(file, best.epoch, best.dev);
  }

  private LabelledTexts read(String name) throws IOException {
    return LabelledTexts.read(config.data().resolve(name + ".tsv"));
  }

  private static void splitReviews(Features all, List<Features> train, List<Features> dev) {
    train.add(all.filter("ccby.train", row -> row % KEPT_BACK != 0));
    dev.add(all.filter("ccby.dev", row -> row % KEPT_BACK == 0));
  }

  private static void judge(SentimentHead head, int epoch, List<Features> dev, Best best) {
    Map<String, Quality> quality = new LinkedHashMap<>();
    double score = 0;
    for (Features set : dev) {
      Quality measured = Quality.of(set.texts(), head.probabilities(set.rows()));
      quality.put(set.texts().name(), measured);
      score += measured.macroRecall() / dev.size();
    }
    log.info("epoch={} meanMacroRecall={} dev={}", epoch, score, quality);
    if (score > best.score) {
      best.score = score;
      best.epoch = epoch;
      best.dev = quality;
      best.graph = HeadGraph.probabilities(head);
    }
  }
}
