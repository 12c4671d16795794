package io.headwater.trainer.sentiment;

import io.headwater.trainer.config.Configuration;
import io.headwater.trainer.config.PretrainedSettings;
import io.headwater.trainer.data.EncoderFiles;
import io.headwater.trainer.network.ConfiguredClassifier;
import io.headwater.trainer.network.TrainableClassifier;
import io.headwater.trainer.pretrained.PretrainedClassifier;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the network that a configuration asks for. */
final class Networks {
  private Networks() {}

  /**
   * A network.
   *
   * @param vocabulary tokens of the tokenizer that there is
   * @param out where an encoder's jar is unpacked
   * @throws IOException if a pretrained graph cannot be read
   */
  static TrainableClassifier of(Configuration configuration, int vocabulary, Path out)
      throws IOException {
    if (configuration.model().isPresent()) {
      return new ConfiguredClassifier(configuration.model().get().toShape(vocabulary));
    }
    PretrainedSettings begun = configuration.pretrained().orElseThrow();
    return PretrainedClassifier.open(
        files(begun, out).graph(),
        new PretrainedClassifier.Options(
            (float) begun.attentionDropout(), (float) begun.dropout(), begun.frozen()));
  }

  /** Graph and tokenizer of a pretrained network. */
  static EncoderFiles files(PretrainedSettings begun, Path out) throws IOException {
    return EncoderFiles.find(begun.source(), out.resolve("pretrained"));
  }
}
