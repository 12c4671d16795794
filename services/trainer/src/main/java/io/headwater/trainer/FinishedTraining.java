package io.headwater.trainer;

import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.trainer.config.TaskConfiguration;
import io.headwater.trainer.config.TranslationConfiguration;
import io.headwater.trainer.learning.FinishedRun;
import io.headwater.trainer.sentiment.RunFiles;
import io.headwater.trainer.translator.TranslatorRun;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@code headwater train CONFIG} wrote, whatever its task.
 *
 * @param folder where it went
 */
public record FinishedTraining(Path folder) {

  /**
   * Writes a package of the best weights.
   *
   * @param temperature what the logits of a sentiment model are divided by; 1 leaves them
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the folder holds no finished training, or one of a
   *     translation is to have a temperature
   */
  public ModelPackage export(ModelId id, float temperature, Path out) throws IOException {
    Path file = new FinishedRun(folder).configuration();
    if (TaskConfiguration.read(file) instanceof TranslationConfiguration translation) {
      if (temperature != 1) {
        throw new IllegalArgumentException(
            "--temperature is for the probabilities of a sentiment model; "
                + folder
                + " holds a translation model: leave it out");
      }
      return new TranslatorRun(folder, translation).export(id, out);
    }
    return new RunFiles(folder).export(id, temperature, out);
  }
}
