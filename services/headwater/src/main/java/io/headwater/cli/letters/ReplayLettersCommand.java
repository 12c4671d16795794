package io.headwater.cli.letters;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.CommittedRecords.Span;
import io.headwater.cli.ingest.RiverAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater dead-letters replay}: records that died go back to where they came from. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Send records that died back to the topic and partition they came from: the same key, value,"
          + " headers and timestamp, and the header headwater.replay.rounds, which counts the"
          + " replays.",
      "",
      "Each letter is replayed once: what has been sent is marked in the topic"
          + " dead-letters.replayed, in the same transaction. Running the command again, also after"
          + " it was killed, sends only what is left; a second one beside it takes over from the"
          + " first. A record that dies again is a new letter with one round more, which is left"
          + " for the next run."
    },
    footer = {
      "",
      "Examples:",
      "  headwater dead-letters replay --cause unknown_model --dry-run",
      "  headwater dead-letters replay --cause unknown_model",
      "  headwater dead-letters replay 3@1042 0@7",
      "",
      "Exit codes: 0 all dealt with; 1 some could not be replayed, the others were; 2 wrong command"
          + " line; 3 Kafka or the registry cannot be reached, or another replay took over."
    })
final class ReplayLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LetterOptions letters;
  @Mixin private ConnectionOptions connection;

  @Option(names = "--all", description = "Every letter. Needed where nothing else says which.")
  private boolean all;

  @Option(
      names = "--max-rounds",
      paramLabel = "N",
      defaultValue = "" + ReplayJudge.DEFAULT_MAX_ROUNDS,
      description =
          "Give up on records that have been replayed N times already. Default: ${DEFAULT-VALUE}.")
  private int maxRounds;

  @Option(
      names = "--again",
      description =
          "Also what has been replayed before. Its results come a second time: only where those of"
              + " the first are lost.")
  private boolean again;

  @Option(names = "--dry-run", description = "Send nothing; say what would be sent.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (maxRounds < 1) {
      return wrong("--max-rounds is at least 1");
    }
    try (LetterBox box = LetterBox.open(connection.kafka())) {
      LetterFilter filter = letters.filter(box.topics());
      if (filter.takesAll() && !all) {
        return wrong("say which letters: addresses, conditions such as --cause, or --all");
      }
      RiverAccess river = box.river();
      river.require(List.of(box.topics().replayedLetters()));
      if (dryRun) {
        return replay(box, filter, chunk -> List.of());
      }
      try (Producer<byte[], byte[]> producer =
          river.ask(() -> river.producer(ReplayTransactions.properties(box.topics())))) {
        ReplayTransactions transactions =
            new ReplayTransactions(
                producer,
                box.topics().replayedLetters(),
                river.registry().encoder(box.topics().replayedLetters()),
                InstantSource.system());
        river.ask(
            () -> {
              transactions.begin();
              return true;
            });
        return replay(box, filter, transactions);
      }
    }
  }

  private int replay(LetterBox box, LetterFilter filter, Dispatch dispatch) {
    // What dies again while this runs stands behind these ends.
    Map<Integer, Span> spans = box.now();
    OriginalRecords originals = box.originals();
    ReplayReport report =
        new ReplayReport(spec.commandLine().getOut(), spec.commandLine().getErr(), dryRun);
    ReplayRun run =
        new ReplayRun(
            new ReplayJudge(box.marks(), originals::of, originals.places(), maxRounds, again),
            dispatch,
            report);
    try {
      Set<LetterAddress> missing = box.visit(spans, filter, run);
      box.river()
          .ask(
              () -> {
                run.flush();
                return true;
              });
      missing.forEach(address -> report.impossible(address, "there is no such letter"));
    } finally {
      report.sum();
    }
    return report.isClean() ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private int wrong(String fault) {
    spec.commandLine().getErr().println("headwater: " + fault);
    return ExitCodes.USAGE;
  }
}
