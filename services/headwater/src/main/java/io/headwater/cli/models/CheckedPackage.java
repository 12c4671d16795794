package io.headwater.cli.models;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ModelFolder;
import io.headwater.cli.offline.GoldenRun;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.runtime.config.Settings;
import java.io.PrintWriter;
import java.util.Optional;

/** A package of models.directory that has shown what it can do. */
final class CheckedPackage {
  private CheckedPackage() {}

  /**
   * Verifies a package, and runs it on the texts that it carries.
   *
   * @throws CommandFailure when it does not pass
   */
  static ModelPackage of(ModelId id, Settings settings, PrintWriter out) {
    ModelCatalog catalog = ModelFolder.of(settings);
    try {
      ModelPackage model = catalog.open(id);
      out.println("valid      " + PackageTrial.of(model));
      Optional<GoldenRun.Outcome> golden = GoldenRun.of(model, settings);
      out.println(
          golden
              .map(outcome -> "golden     " + outcome.line())
              .orElse("golden     none: it carries no " + GoldenRun.FILE));
      out.flush();
      if (golden.filter(outcome -> !outcome.passed()).isPresent()) {
        throw new CommandFailure("%s does not give what its golden file says".formatted(id));
      }
      return model;
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
