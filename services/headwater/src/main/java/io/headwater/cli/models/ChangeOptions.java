package io.headwater.cli.models;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.models.ModelId;
import io.headwater.schemas.assignment.ModelFollower;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands have in common that change which model is used. */
final class ChangeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long instances have to make a model ready (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the assignment.")
  private Optional<String> note = Optional.empty();

  ConnectionOptions connection() {
    return connection;
  }

  Optional<String> note() {
    return note;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Opens the river of the settings. */
  RiverModels river() {
    return RiverModels.open(connection.settings());
  }

  /** Who changes it. */
  static String user() {
    return System.getProperty("user.name", "somebody");
  }

  /**
   * Makes a model ready everywhere, and then uses it.
   *
   * @return the command's exit code
   */
  int change(RiverModels river, String task, ModelRef model, UnaryOperator<ModelAssignment> use) {
    ModelChange change = new ModelChange(river, task, model, Duration.ofSeconds(timeout), out());
    try {
      ModelAssignment written = change.run(use);
      return change.awaitActive(written) ? ExitCodes.OK : ExitCodes.SOME_FAILED;
    } catch (ModelChange.NotAgreed e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.println(
          "%s is not used; %s serves %s as before"
              .formatted(
                  ModelFollower.name(model),
                  ModelFollower.name(river.assignment(task).getModel()),
                  task));
      err.flush();
      return ExitCodes.SOME_FAILED;
    }
  }

  /** A model as records name it. */
  static ModelRef refOf(ModelId id) {
    return new ModelRef(id.id(), id.version());
  }
}
