package io.headwater.cli.offline;

import io.headwater.trainer.TrainSentimentHeadCommand;
import io.headwater.trainer.TrainTranslationCommand;
import picocli.CommandLine.Command;

/** {@code headwater train}: makes models. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Train models, in Java, from data to a model package.",
    subcommands = {TrainSentimentHeadCommand.class, TrainTranslationCommand.class})
public final class TrainCommand {}
