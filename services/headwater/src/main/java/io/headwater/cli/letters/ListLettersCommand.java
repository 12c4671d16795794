package io.headwater.cli.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.Terminal;
import io.headwater.cli.ingest.output.PlainJson;
import io.headwater.cli.ingest.output.TerminalText;
import io.headwater.cli.letters.LetterCounts.Kind;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater dead-letters list}: what died, when, and why. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List the letters, the oldest first, and count them by cause.",
      "",
      "Time is that of the record that died; origin is where it was read; rounds is how often it had"
          + " been replayed before; size is that of its value. Status: new; replayed (should it"
          + " have died again, that is another letter); given up (it died after three replays).",
      "",
      "--json prints one object a line, by address: address, time, stage, cause, detail, topic,"
          + " partition, offset, rounds, status, key (base64), valueBytes, kept, replayedAt. The"
          + " sum then goes to standard error."
    },
    footer = {
      "",
      "Examples:",
      "  headwater dead-letters list --since 2h",
      "  headwater dead-letters list --count",
      "  headwater dead-letters list --stage scorer --json | jq -r .address",
      "",
      "Exit codes: 0 listed; 1 there is no letter at an address; 2 wrong command line; 3 Kafka or the"
          + " registry cannot be reached."
    })
final class ListLettersCommand implements Callable<Integer> {
  private static final int DEFAULT_ROWS = 100;

  @Spec private CommandSpec spec;
  @Mixin private LetterOptions letters;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "The newest N letters at most; with --json the first N. Default: "
              + DEFAULT_ROWS
              + ", with --json all. The sum counts all.")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--count", description = "Only count, by stage and cause.")
  private boolean count;

  @Override
  public Integer call() {
    if (limit.orElse(1) < 1) {
      spec.commandLine().getErr().println("headwater: --limit is at least 1");
      return ExitCodes.USAGE;
    }
    try (LetterBox box = LetterBox.open(connection.kafka())) {
      return list(box);
    }
  }

  private int list(LetterBox box) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ReplayMarks marks = box.marks();
    ListedLetters listed = new ListedLetters(marks, json ? 1 : limit.orElse(DEFAULT_ROWS));
    LetterVisitor visitor = json && !count ? printing(listed, marks) : listed;
    Set<LetterAddress> missing = box.visit(box.now(), letters.filter(box.topics()), visitor);
    if (count) {
      counted(listed.counts().byKind()).forEach(out::println);
    } else if (!json) {
      table(listed).forEach(out::println);
    }
    out.flush();
    listed.complaints().forEach(line -> err.println(TerminalText.harmless(line)));
    missing.forEach(address -> err.println("there is no letter " + address));
    (json ? err : out).println(sum(listed));
    return missing.isEmpty() ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private LetterVisitor printing(ListedLetters listed, ReplayMarks marks) {
    PrintWriter out = spec.commandLine().getOut();
    return new LetterVisitor() {
      @Override
      public boolean letter(StoredLetter letter) {
        if (listed.counts().letters() < limit.orElse(Integer.MAX_VALUE)) {
          out.println(PlainJson.line(ListedLetters.json(letter, marks)));
        }
        return listed.letter(letter) && !out.checkError() && !System.out.checkError();
      }

      @Override
      public void unreadable(LetterAddress address, String why) {
        listed.unreadable(address, why);
      }
    };
  }

  private List<String> table(ListedLetters listed) {
    List<LetterRow> rows = listed.rows();
    int width = Terminal.isInteractive() ? spec.usageMessage().width() : Integer.MAX_VALUE;
    return rows.isEmpty() ? List.of() : LetterTable.lines(rows, width);
  }

  private List<String> counted(Map<Kind, Long> kinds) {
    return kinds.entrySet().stream()
        .map(
            entry ->
                json
                    ? PlainJson.line(
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("stage", entry.getKey().stage())
                            .put("cause", entry.getKey().cause())
                            .put("count", entry.getValue()))
                    : "%8d  %-10s %s"
                        .formatted(
                            entry.getValue(),
                            TerminalText.harmless(entry.getKey().stage()),
                            TerminalText.harmless(entry.getKey().cause())))
        .toList();
  }

  private String sum(ListedLetters listed) {
    long hidden = listed.counts().letters() - listed.rows().size();
    String sentence = TerminalText.harmless(listed.counts().sentence());
    return json || count || hidden == 0
        ? sentence
        : "%s; the newest %d are shown (--limit)".formatted(sentence, listed.rows().size());
  }
}
