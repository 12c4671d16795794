package io.headwater.load.river;

import io.headwater.models.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands are told. */
final class Setup {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--dist", hidden = true, description = "The packaged product; the script's.")
  private @Nullable Path dist;

  @Option(names = "--root", hidden = true, description = "The project's folder; the script's.")
  private Path root = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description =
          "Model package, a folder ID/VERSION. Default: the shipped one in fp32, which peers and GPUs"
              + " run too.")
  private @Nullable Path model;

  @Option(
      names = "--beside",
      paramLabel = "FOLDER",
      description = "Another package, measured alone, to compare the first with: fp32 with int8.")
  private Optional<Path> beside = Optional.empty();

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description =
          "Messages, JSON lines with a field text. Default: ../shared/data/messages.10k.jsonl where"
              + " that is there, else those of the demo.")
  private @Nullable Path messages;

  @Option(
      names = "--peers",
      paramLabel = "FOLDER",
      description = "Where the peers are built. Default: load-tests/peers.")
  private Optional<Path> peers = Optional.empty();

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads that the model may use; 0: one a core. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of all services; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "An option of all services' JVMs, such as -Xmx256m; may be repeated.")
  private List<String> jvm = new ArrayList<>();

  @Option(
      names = "--folder",
      description = "Where broker, services and logs live; kept. Default: a temporary folder.")
  private Optional<Path> folder = Optional.empty();

  Path dist() {
    Path known = dist;
    if (known == null || !Files.isDirectory(known.resolve("lib"))) {
      throw wrong("There is no packaged product: run ./headwater --version once");
    }
    return known.toAbsolutePath();
  }

  Path root() {
    return root.toAbsolutePath();
  }

  ModelPackage model() {
    Path chosen = model;
    if (chosen == null) {
      chosen = dist().resolve("models/sentiment-e5-small-v2/1.3.0");
    }
    return opened(chosen);
  }

  /** Another package, to be measured alone; empty for none. */
  Optional<ModelPackage> beside() {
    return beside.map(this::opened);
  }

  private ModelPackage opened(Path chosen) {
    if (!Files.isDirectory(chosen)) {
      throw wrong("There is no model package in " + chosen);
    }
    return ModelPackage.open(chosen.toAbsolutePath().normalize());
  }

  Path messages() {
    Path chosen = messages;
    if (chosen == null) {
      Path shared = root().resolve("../shared/data/messages.10k.jsonl").normalize();
      chosen =
          Files.isRegularFile(shared)
              ? shared
              : root().resolve("services/headwater/src/main/resources/demo/messages.jsonl");
    }
    if (!Files.isRegularFile(chosen)) {
      throw wrong("There are no messages in " + chosen);
    }
    return chosen.toAbsolutePath();
  }

  Path peers() {
    return peers.orElse(root().resolve("load-tests/peers")).toAbsolutePath();
  }

  int threads() {
    if (threads < 0) {
      throw wrong("--threads is 0 or more");
    }
    return threads;
  }

  Map<String, String> settings() {
    return settings;
  }

  List<String> jvm() {
    return jvm;
  }

  Optional<Path> folder() {
    return folder.map(Path::toAbsolutePath);
  }

  /** The folder for all that a run writes; a temporary one where none is named. */
  Path home() throws IOException {
    return folder.isPresent()
        ? folder.get().toAbsolutePath()
        : Files.createTempDirectory("headwater-load-");
  }

  private ParameterException wrong(String line) {
    return new ParameterException(spec.commandLine(), line);
  }
}
