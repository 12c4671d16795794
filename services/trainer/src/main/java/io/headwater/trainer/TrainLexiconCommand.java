package io.headwater.trainer;

import io.headwater.trainer.lexicon.Lexicon;
import io.headwater.trainer.lexicon.LexiconPairs;
import io.headwater.trainer.lexicon.WordCounts;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater train lexicon}: makes training pairs of a dictionary. */
@Command(
    name = "lexicon",
    mixinStandardHelpOptions = true,
    description = {
      "Makes pairs of a German-English dictionary, for words that the training texts lack.",
      "",
      "The dictionary has the form of Ding (dict.tu-chemnitz.de; Debian's package",
      "trans-de-en), with lines such as \"Leiter {f} :: ladder\".",
      "OUT is one more file for headwater train translation --train.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  headwater train lexicon --dictionary /usr/share/trans/de-en \\",
      "    --train de-en.train.tsv --apart de-en.dev.tsv de-en.test.tsv \\",
      "    --out build/lexicon.tsv"
    })
public final class TrainLexiconCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--dictionary",
      required = true,
      paramLabel = "FILE",
      description = "The dictionary, UTF-8.")
  private Path dictionary = Path.of("");

  @Option(
      names = "--train",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Lines of German TAB English that the model is trained on: what they have often needs no"
              + " dictionary, and a rare noun is put into their sentences.")
  private List<Path> train = List.of();

  @Option(
      names = "--english",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "More English texts, the last cell of each line: which of several words for a thing is"
              + " the common one is told by them and by the English of --train.")
  private List<Path> english = List.of();

  @Option(
      names = "--apart",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Lines of German TAB English to judge by: what is one of these sentences is left out.")
  private List<Path> apart = List.of();

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "DOMAIN",
      defaultValue =
          "adm,anat,astron,biochem,biol,chem,comp,econ,electr,fin,geol,jur,ling,mach,math,med,min,"
              + "ornith,pharm,phil,phys,pol,stat,telco",
      description =
          "Fields of knowledge to leave out, as the dictionary marks them."
              + " Default: ${DEFAULT-VALUE}.")
  private Set<String> without = Set.of();

  @Option(
      names = "--nouns",
      defaultValue = "50000",
      paramLabel = "N",
      description = "Rare nouns with an article, at most. Default: ${DEFAULT-VALUE}.")
  private int nouns;

  @Option(
      names = "--others",
      defaultValue = "30000",
      paramLabel = "N",
      description = "Other rare entries, at most. Default: ${DEFAULT-VALUE}.")
  private int others;

  @Option(
      names = "--sentences",
      defaultValue = "70000",
      paramLabel = "N",
      description = "Sentences with a rare noun put in, at most. Default: ${DEFAULT-VALUE}.")
  private int sentences;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Another one draws other pairs. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the pairs go, as lines of German TAB English.")
  private Path out = Path.of("");

  /** Draws the pairs, writes them, and prints how many of each kind there are. */
  @Override
  public Integer call() throws IOException {
    return UsageErrors.told(spec, this::make);
  }

  private void make(PrintWriter printer) throws IOException {
    LexiconPairs.Amounts amounts = new LexiconPairs.Amounts(nouns, others, sentences);
    ParallelTexts texts = ParallelTexts.read(train);
    WordCounts counts = WordCounts.english().add(texts.targets());
    for (Path file : english) {
      counts.add(lastCells(file));
    }
    Lexicon lexicon =
        Lexicon.read(dictionary, without, counts, ParallelTexts.read(apart).sources());
    LexiconPairs.Made made = new LexiconPairs(lexicon, texts, counts).draw(amounts, seed);
    made.all().write(out);
    printer.printf(
        "%,d entries: %,d rare nouns, %,d others, and %,d sentences of %,d with a rare noun%n",
        lexicon.entries().size(),
        made.nouns().size(),
        made.others().size(),
        made.sentences().size(),
        texts.size());
    printer.println("written: " + out);
    printer.flush();
  }

  private static List<String> lastCells(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.substring(line.lastIndexOf('\t') + 1))
          .toList();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    }
  }
}
