package io.headwater.cli.offline;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ModelFolder;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model of the commands that run without Kafka. */
final class ModelOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A package's folder, or ID@VERSION of one in models.directory. Default: the setting"
              + " sentiment.model; for translation translation.model, else the shipped one.")
  private Optional<String> model = Optional.empty();

  boolean isPresent() {
    return model.isPresent();
  }

  /**
   * The package, where a folder was given.
   *
   * @param connection says whose signatures are trusted
   * @throws io.headwater.models.InvalidModelPackageException if the folder holds none, or it is not
   *     signed as it must be
   */
  Optional<ModelPackage> folder(ConnectionOptions connection) {
    return model
        .map(Path::of)
        .filter(Files::isDirectory)
        .map(folder -> ModelFolder.open(folder, ModelFolder.trusted(connection.settings())));
  }

  /** The setting that names the package, where the option is there. */
  Map<String, String> as(String key, Optional<ModelPackage> folder) {
    if (folder.isPresent()) {
      return Map.of(key, folder.get().id().toString());
    }
    return model.map(name -> Map.of(key, named(name))).orElse(Map.of());
  }

  private String named(String name) {
    try {
      return ModelId.parse(name).toString();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--model: there is no folder " + name + ", and " + e.getMessage(), e);
    }
  }
}
