package io.headwater.cli.models;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelFolder;
import io.headwater.cli.offline.GoldenRun;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.TrustedKeys;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater models add}: a package comes into models.directory, once it has been tried. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Verify a package, run it on the texts of its golden.tsv, and copy it into models.directory.",
      "It appears there whole or not at all. A version that is there already is never replaced by",
      "another content: give the package a new version."
    })
public final class AddModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--without-golden",
      description =
          "Add it although it carries no golden.tsv, so that nobody knows how good it is.")
  private boolean withoutGolden;

  @Parameters(paramLabel = "FOLDER", description = "The package.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Settings settings = connection.settings();
    Path directory = settings.path(CommonSettings.MODELS_DIRECTORY);
    TrustedKeys trusted = ModelFolder.trusted(settings);
    ModelPackage given;
    try {
      trusted.check(folder);
      given = ModelPackage.open(folder);
    } catch (InvalidModelPackageException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    Path target = directory.resolve(given.id().id()).resolve(given.id().version());
    if (Files.exists(target)) {
      return present(given, directory, trusted);
    }
    // Beside its later place, so that it can be moved there in one step; begun with a dot, so that
    // it is in no catalog.
    Path staging = directory.resolve(".adding-" + UUID.randomUUID());
    try {
      Path staged = staging.resolve(given.id().id()).resolve(given.id().version());
      copy(folder, staged);
      check(given.id(), settings, staging, trusted);
      Files.createDirectories(target.resolveSibling("."));
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(staging);
    }
    say("added      %s in %s".formatted(given.id(), target));
    return ExitCodes.OK;
  }

  private int present(ModelPackage given, Path directory, TrustedKeys trusted) {
    ModelPackage known = new ModelCatalog(directory, trusted).open(given.id());
    if (known.modelDigest().equals(given.modelDigest())
        && known.tokenizerDigest().equals(given.tokenizerDigest())) {
      say("present    %s is there already, and is the same".formatted(given.id()));
      return ExitCodes.OK;
    }
    throw new CommandFailure(
        ("%s is there already with another content; results name their model by id and version:"
                + " give this one another version")
            .formatted(given.id()));
  }

  private void check(ModelId id, Settings settings, Path staging, TrustedKeys trusted) {
    ModelPackage model;
    try {
      model = new ModelCatalog(staging, trusted).open(id);
      say("valid      " + PackageTrial.of(model));
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    Optional<GoldenRun.Outcome> golden = GoldenRun.of(model, settings);
    if (golden.isEmpty() && !withoutGolden) {
      throw new CommandFailure(
          ("%s carries no %s, so nobody knows how good it is: write one, or add it with"
                  + " --without-golden")
              .formatted(id, GoldenRun.FILE));
    }
    golden.ifPresent(outcome -> say("golden     " + outcome.line()));
    if (golden.filter(outcome -> !outcome.passed()).isPresent()) {
      throw new CommandFailure(
          "%s does not give what its golden file says: it was not added".formatted(id));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path source : all.toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
