package io.headwater.cli.models;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelFolder;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater models}: the model packages of a folder, and which of them serve. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AddModelCommand.class,
      AverageModelsCommand.class,
      QuantizeModelCommand.class,
      SignModelCommand.class,
      ModelsStatusCommand.class,
      AssignModelCommand.class,
      ShadowModelCommand.class,
      CanaryModelCommand.class,
      RollbackModelCommand.class
    },
    description = {
      "List, verify, add, sign, quantize and average model packages (in models.directory), and say",
      "which serve.",
      "assign, shadow, canary and rollback change a running river; no service is started again."
    })
public final class ModelsCommand {
  @Spec private CommandSpec spec;

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List the packages.")
  int list(@Mixin ConnectionOptions connection) {
    PrintWriter out = spec.commandLine().getOut();
    ModelCatalog catalog = catalog(connection);
    List<ModelId> ids = catalog.list();
    if (ids.isEmpty()) {
      out.println("no packages in " + catalog.root());
    }
    int code = ExitCodes.OK;
    for (ModelId id : ids) {
      try {
        ModelPackage model = catalog.open(id);
        out.printf(
            Locale.ROOT,
            "%-32s %-12s %-6s %s%n",
            id,
            model.task(),
            languages(model),
            model.card().summary());
      } catch (InvalidModelPackageException e) {
        out.printf(Locale.ROOT, "%-32s NOT VALID: %s%n", id, e.getMessage());
        code = ExitCodes.SOME_FAILED;
      }
    }
    out.flush();
    return code;
  }

  /** What it reads; for translation also what it writes. */
  private static String languages(ModelPackage model) {
    return model.translation().isEmpty()
        ? String.join(",", model.languages())
        : model.languagePairs().stream()
            .map(pair -> pair.from() + "→" + pair.to())
            .sorted()
            .collect(Collectors.joining(","));
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Check a package as the scorer does at its start: its signature where models.trusted.keys is",
        "set, files and hashes, tokenizer, graph inputs",
        "and outputs, and one run on a text."
      })
  int verify(
      @Mixin ConnectionOptions connection,
      @Parameters(
              paramLabel = "ID@VERSION|FOLDER",
              arity = "0..1",
              description = "The package; without it all of models.directory.")
          Optional<String> name) {
    PrintWriter out = spec.commandLine().getOut();
    ModelCatalog catalog = catalog(connection);
    List<String> names =
        name.map(List::of).orElseGet(() -> catalog.list().stream().map(ModelId::toString).toList());
    int code = ExitCodes.OK;
    for (String each : names) {
      try {
        out.println("valid      " + PackageTrial.of(ModelFolder.open(each, catalog)));
      } catch (InvalidModelPackageException | IllegalArgumentException e) {
        out.println("NOT VALID  %s: %s".formatted(each, e.getMessage()));
        code = ExitCodes.SOME_FAILED;
      }
      out.flush();
    }
    return code;
  }

  private static ModelCatalog catalog(ConnectionOptions connection) {
    return ModelFolder.of(connection.settings());
  }
}
