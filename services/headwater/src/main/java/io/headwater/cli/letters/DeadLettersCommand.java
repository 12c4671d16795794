package io.headwater.cli.letters;

import picocli.CommandLine.Command;

/** {@code headwater dead-letters}: the records that could not be processed. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | replay | export)",
    description = {
      "Look at the records that could not be processed, and send them back once the cause is mended.",
      "",
      "A letter is named by its address: PARTITION@OFFSET in the topic dead-letters, such as 3@1042."
    },
    subcommands = {
      ListLettersCommand.class,
      ShowLetterCommand.class,
      ReplayLettersCommand.class,
      ExportLettersCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  headwater dead-letters list --since 2h",
      "  headwater dead-letters show 3@1042",
      "  headwater dead-letters replay --cause unknown_model --dry-run"
    })
public final class DeadLettersCommand {}
