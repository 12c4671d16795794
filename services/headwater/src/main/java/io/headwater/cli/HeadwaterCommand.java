package io.headwater.cli;

import io.headwater.cli.access.AclsCommand;
import io.headwater.cli.check.DoctorCommand;
import io.headwater.cli.check.SettingsCommand;
import io.headwater.cli.ingest.SchemasCommand;
import io.headwater.cli.ingest.SendCommand;
import io.headwater.cli.ingest.TailCommand;
import io.headwater.cli.ingest.TopicsCommand;
import io.headwater.cli.letters.DeadLettersCommand;
import io.headwater.cli.models.ModelsCommand;
import io.headwater.cli.offline.DiagnoseCommand;
import io.headwater.cli.offline.EvaluateCommand;
import io.headwater.cli.offline.ExportCommand;
import io.headwater.cli.offline.ScoreCommand;
import io.headwater.cli.offline.TrainCommand;
import io.headwater.cli.replay.ReplayCommand;
import io.headwater.cli.river.DemoCommand;
import io.headwater.cli.river.RunCommand;
import io.headwater.cli.river.UpCommand;
import io.headwater.cli.tune.TuneBatchCommand;
import io.headwater.trainer.CompareCommand;
import io.headwater.trainer.TuneCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of all commands. */
@Command(
    name = "headwater",
    description = "A river of messages: translation and sentiment for each, exactly once, live.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      SendCommand.class,
      TailCommand.class,
      DeadLettersCommand.class,
      ScoreCommand.class,
      EvaluateCommand.class,
      DiagnoseCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      TopicsCommand.class,
      SchemasCommand.class,
      AclsCommand.class,
      ModelsCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      SettingsCommand.class,
      DoctorCommand.class,
      TuneBatchCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "First steps:",
      "  headwater demo --for 60s        see it work, with everything it needs",
      "  headwater up                    keep a river running on this machine",
      "  headwater send messages.jsonl   put messages in, from another terminal",
      "  headwater tail insights         watch what comes out",
      "  echo 'I love it' | headwater score -   score without Kafka",
      "",
      "Exit codes: 0 all well; 1 it ran, and some input was bad or a check failed;",
      "2 wrong command line or configuration; 3 it could not run."
    })
final class HeadwaterCommand {}
