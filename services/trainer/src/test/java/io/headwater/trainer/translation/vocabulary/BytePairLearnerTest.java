package io.headwater.trainer.translation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.translation.TransformerShape;
import io.headwater.trainer.translation.text.PairEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairLearnerTest {
  private static final List<String> TEXTS =
      Collections.nCopies(20, "Der alte Mann und das Meer, das alte Meer. Wer lacht? 12 Fische!");

  @TempDir private Path folder;

  @Test
  void learnsAsManyTokensAsAskedForAndTheSameAgain() {
    Vocabulary vocabulary = BytePairLearner.learn(TEXTS, 50);

    assertThat(vocabulary.size()).isEqualTo(50);
    assertThat(vocabulary.tokens()).startsWith("<pad>", "<s>", "</s>", "<unk>");
    assertThat(BytePairLearner.learn(TEXTS, 50)).isEqualTo(vocabulary);
  }

  @Test
  void theTokenizerFileGivesTextsBackAndEndsEachOfThem() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    TokenizerFileWriter.write(BytePairLearner.learn(TEXTS, 50), file);

    try (PairEncoder encoder = new PairEncoder(file)) {
      int[] ids = encoder.encode(TEXTS.subList(0, 1)).get(0);

      assertThat(ids).endsWith(TransformerShape.END).doesNotContain(TransformerShape.UNKNOWN);
      assertThat(encoder.decode(ids)).isEqualTo(TEXTS.get(0));
    }
  }
}
