package io.headwater.trainer;

import ai.djl.ndarray.NDManager;
import io.headwater.trainer.tensor.Torch;
import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.TransformerWeights;
import io.headwater.trainer.translation.text.FittingPairs;
import io.headwater.trainer.translation.text.PairEncoder;
import io.headwater.trainer.translation.text.ParallelTexts;
import io.headwater.trainer.translation.text.PassPairs;
import io.headwater.trainer.translation.text.TokenPair;
import io.headwater.trainer.translation.training.Beginning;
import io.headwater.trainer.translation.training.TrainingPlan;
import io.headwater.trainer.translation.training.TranslationTraining;
import io.headwater.trainer.translation.training.WeightsFile;
import io.headwater.trainer.translation.vocabulary.BytePairLearner;
import io.headwater.trainer.translation.vocabulary.TokenizerFileWriter;
import io.headwater.trainer.translation.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The recipe of a translation model: texts → vocabulary → token ids → trained weights. Whatever is
 * there already in the folder is used, so an interrupted run goes on where it stood.
 */
public final class TranslationTrainer {
  /** The tokenizer, in the folder of a run. */
  public static final String TOKENIZER = "tokenizer.json";

  private static final String BEST = "best.weights";
  private static final String CHECKPOINT = "checkpoint";

  /**
   * What to train from and to.
   *
   * @param train files of {@code source TAB target}
   * @param dev files of the same form, to judge by; never trained on
   * @param devRows most rows of them that are translated after each pass
   * @param lowerCased share of the training pairs that are added once more with a source in lower
   *     case, as people type in chats
   * @param subwordDropout share of the tokenizer's merges that are left out, others in each pass
   * @param out where everything goes
   */
  public record Texts(
      List<Path> train,
      List<Path> dev,
      int devRows,
      double lowerCased,
      double subwordDropout,
      Path out) {
    /** Needs files of both kinds. */
    public Texts {
      train = List.copyOf(train);
      dev = List.copyOf(dev);
      Objects.requireNonNull(out, "out");
      if (train.isEmpty() || dev.isEmpty()) {
        throw new IllegalArgumentException("training needs at least one train and one dev file");
      }
      requireShare("lowerCased", lowerCased);
      requireShare("subwordDropout", subwordDropout);
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is " + share + "; 0 to 1");
    }
  }

  private final Texts texts;
  private final Beginning beginning;
  private final TransformerShape shape;
  private final TrainingPlan plan;
  private final PrintWriter progress;

  /**
   * A trainer; nothing is read yet.
   *
   * @param beginning the network; its vocabulary is the number of tokens to learn, where the folder
   *     has no tokenizer
   * @param progress where it tells how it goes
   */
  public TranslationTrainer(
      Texts texts, Beginning beginning, TrainingPlan plan, PrintWriter progress) {
    this.texts = texts;
    this.beginning = beginning;
    this.shape = beginning.shape();
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Trains, or goes on training, to the end of the plan.
   *
   * @return the weights that translate the dev sentences best
   * @throws IOException if texts or results cannot be read or written
   * @throws IllegalArgumentException if a text file has bad lines, or a checkpoint is of another
   *     shape
   */
  public TransformerWeights train() throws IOException {
    Files.createDirectories(texts.out());
    ParallelTexts train = ParallelTexts.read(texts.train());
    ParallelTexts dev = ParallelTexts.read(texts.dev()).sample(texts.devRows());
    Path tokenizer = texts.out().resolve(TOKENIZER);
    if (!Files.exists(tokenizer)) {
      learnVocabulary(train, tokenizer);
    }
    Path best = texts.out().resolve(BEST);
    try (PairEncoder encoder = new PairEncoder(tokenizer);
        NDManager manager = Torch.newManager()) {
      Torch.seed((int) plan.seed());
      PassPairs pairs = pairs(train.and(train.lowerCased(texts.lowerCased())), encoder);
      say("%,d sentences to judge by", dev.size());
      new TranslationTraining(
              beginning,
              plan,
              pairs,
              texts.out().resolve(CHECKPOINT),
              new TranslationJudge(encoder, dev, best, progress, manager),
              manager)
          .run();
    }
    return WeightsFile.read(best);
  }

  private void learnVocabulary(ParallelTexts train, Path file) throws IOException {
    List<String> all = new ArrayList<>(train.sources());
    all.addAll(train.targets());
    Vocabulary vocabulary = BytePairLearner.learn(all, shape.vocabulary());
    if (vocabulary.size() != shape.vocabulary()) {
      throw new IllegalArgumentException(
          "the texts give %d tokens, not %d: ask for so many"
              .formatted(vocabulary.size(), shape.vocabulary()));
    }
    TokenizerFileWriter.write(vocabulary, file);
    say("a vocabulary of %,d tokens learned from %,d texts", vocabulary.size(), all.size());
  }

  private PassPairs pairs(ParallelTexts all, PairEncoder encoder) throws IOException {
    List<TokenPair> pairs = encoder.encode(all);
    int most = shape.maxPositions() - 1;
    FittingPairs fitting = FittingPairs.of(all, pairs, most);
    if (fitting.tooLong() > 0) {
      say(
          "%,d of %,d pairs are longer than %d tokens and left out",
          fitting.tooLong(), pairs.size(), most);
    }
    say("%,d pairs to train on", fitting.pairs().size());
    return PassPairs.of(fitting, texts.out().resolve(TOKENIZER), texts.subwordDropout(), most);
  }

  private void say(String format, Object... values) {
    progress.println(String.format(Locale.ROOT, format, values));
    progress.flush();
  }
}
