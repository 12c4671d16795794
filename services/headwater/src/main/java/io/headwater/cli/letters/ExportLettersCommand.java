package io.headwater.cli.letters;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.letters.OriginalRecords.Search;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater dead-letters export}: letters into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write letters as JSON lines, with all that is needed to make their records again. The values"
          + " are the messages themselves: treat the file like them.",
      "",
      "Each line is an object:",
      "  address             the letter, PARTITION@OFFSET in dead-letters",
      "  stage cause detail  who gave up on the record, and why",
      "  rounds              how often it had been replayed before",
      "  topic partition offset timestamp",
      "                      where the record stood; milliseconds since 1970",
      "  key value           its bytes in base64 (RFC 4648), or null",
      "  headers             its headers in order: {\"key\": text, \"value\": base64 or null}",
      "  complete            false where the record was too large for a letter and is lost: value",
      "                      and headers are then missing"
    },
    footer = {
      "",
      "Examples:",
      "  headwater dead-letters export --to letters.jsonl --since 7d",
      "  headwater dead-letters export --to - 3@1042 | jq -r .value | base64 -d > value.bin",
      "",
      "Exit codes: 0 all exported; 1 some were not complete or not there; 2 wrong command line;"
          + " 3 Kafka or the registry cannot be reached, or the file cannot be written."
    })
final class ExportLettersCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec;
  @Mixin private LetterOptions letters;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "A new file, or - for standard output.")
  private String to;

  @Override
  public Integer call() throws IOException {
    try (LetterBox box = LetterBox.open(connection.kafka())) {
      if (to.equals(STANDARD_OUTPUT)) {
        return export(box, spec.commandLine().getOut());
      }
      try (PrintWriter file =
          new PrintWriter(
              Files.newBufferedWriter(
                  Path.of(to), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
        int code = export(box, file);
        if (file.checkError()) {
          throw new CommandFailure("%s cannot be written to the end".formatted(to));
        }
        return code;
      } catch (FileAlreadyExistsException e) {
        throw new CommandFailure(
            "%s exists already; name a new file, or remove it".formatted(to), e);
      }
    }
  }

  private int export(LetterBox box, PrintWriter lines) {
    PrintWriter err = spec.commandLine().getErr();
    Exporting exporting = new Exporting(box.originals(), lines, err);
    Set<LetterAddress> missing = box.visit(box.now(), letters.filter(box.topics()), exporting);
    lines.flush();
    missing.forEach(address -> err.println("there is no letter " + address));
    // On standard output are the letters, and nothing else.
    (to.equals(STANDARD_OUTPUT) ? err : spec.commandLine().getOut()).println(exporting.sum());
    return missing.isEmpty() && exporting.faults == 0 ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  /** Writes each letter at once: none is held. */
  private static final class Exporting implements LetterVisitor {
    private final OriginalRecords originals;
    private final PrintWriter lines;
    private final PrintWriter err;
    private long exported;
    private long faults;

    Exporting(OriginalRecords originals, PrintWriter lines, PrintWriter err) {
      this.originals = originals;
      this.lines = lines;
      this.err = err;
    }

    @Override
    public boolean letter(StoredLetter letter) {
      Search search = originals.of(letter);
      if (search instanceof Search.Gone gone) {
        fault(letter.address(), "is not complete: " + gone.why());
      }
      lines.println(ExportLine.of(letter, search));
      exported++;
      return !lines.checkError() && !System.out.checkError();
    }

    @Override
    public void unreadable(LetterAddress address, String why) {
      fault(address, "is not a dead letter: " + why);
    }

    private void fault(LetterAddress address, String why) {
      if (++faults <= ReplayReport.MOST_LINES) {
        err.println("%s %s".formatted(address, why));
      }
    }

    String sum() {
      return "%d %s exported%s"
          .formatted(
              exported,
              exported == 1 ? "letter" : "letters",
              faults == 0 ? "" : "; %d not complete or not letters".formatted(faults));
    }
  }
}
