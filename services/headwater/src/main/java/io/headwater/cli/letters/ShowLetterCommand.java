package io.headwater.cli.letters;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.letters.LetterOptions.AddressConverter;
import io.headwater.cli.letters.OriginalRecords.Search;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater dead-letters show}: one letter, whole. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Show everything about one letter: why the record died, its key and headers, and its value: as"
          + " JSON where it can be read, else its first bytes in hexadecimal.",
      "",
      "The value of a record too large for a letter is read from where the record stood, if it is"
          + " still there. It is the message itself, and may be personal."
    },
    footer = {
      "",
      "Examples:",
      "  headwater dead-letters show 3@1042",
      "  headwater dead-letters show 3@1042 --raw > value.bin",
      "",
      "Exit codes: 0 shown; 1 there is no such letter, or with --raw no value; 2 wrong command line;"
          + " 3 Kafka or the registry cannot be reached."
    })
final class ShowLetterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "The letter, as list prints it: PARTITION@OFFSET, such as 3@1042.")
  private LetterAddress address;

  @Option(
      names = "--raw",
      description = "Write the value's original bytes to standard output, and nothing else.")
  private boolean raw;

  @Override
  public Integer call() {
    try (LetterBox box = LetterBox.open(connection.kafka())) {
      FoundLetter found = new FoundLetter();
      box.visit(box.now(), LetterFilter.only(Set.of(address)), found);
      Optional<StoredLetter> letter = found.letter();
      if (letter.isEmpty()) {
        return refused(found.fault().orElse("there is no letter " + address));
      }
      Search search = box.river().ask(() -> box.originals().of(letter.get()));
      if (raw) {
        return raw(search);
      }
      box.river()
          .ask(
              () ->
                  new LetterView(box.topics(), box.river().registry())
                      .lines(letter.get(), search, box.marks()))
          .forEach(spec.commandLine().getOut()::println);
      return ExitCodes.OK;
    }
  }

  private int raw(Search search) {
    if (search instanceof Search.Gone gone) {
      return refused("the value is lost: " + gone.why());
    }
    byte[] value = ((Search.Found) search).record().value();
    if (value == null) {
      return refused("the record had no value");
    }
    System.out.write(value, 0, value.length);
    System.out.flush();
    return ExitCodes.OK;
  }

  private int refused(String why) {
    spec.commandLine().getErr().println("headwater: " + why);
    return ExitCodes.SOME_FAILED;
  }
}
