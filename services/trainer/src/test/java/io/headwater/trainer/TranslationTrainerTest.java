package io.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.ModelPackage;
import io.headwater.trainer.translation.quality.TranslationQuality;
import io.headwater.trainer.translation.text.ParallelTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Trains a tiny network on a tiny language, all the way to a package. */
class TranslationTrainerTest {
  private static final List<String> FROM = List.of("eins", "zwei", "drei", "vier", "rot", "blau");
  private static final List<String> TO = List.of("one", "two", "three", "four", "red", "blue");

  @TempDir private Path folder;

  @Test
  void trainsStopsGoesOnAndWritesAPackageThatTranslatesAsTheTrainerDid() throws IOException {
    Path pairs = folder.resolve("pairs.tsv");
    Files.write(pairs, pairs());

    String first = train(pairs, "2");
    String second = train(pairs, "240");

    assertThat(first).contains("pass 2.00");
    assertThat(second).contains("pass 3.00").doesNotContain("pass 1.00");
    ModelPackage model = ModelPackage.open(folder.resolve("out/package"));
    TranslationQuality quality = quality(model, pairs);
    assertThat(quality.bleu().score()).isGreaterThan(50);
    assertThat(second).contains("BLEU = %.2f".formatted(quality.bleu().score()));
  }

  @Test
  void beginsWithAPackageAndCutsWordsAnewInEachPass() throws IOException {
    Path pairs = folder.resolve("pairs.tsv");
    Files.write(pairs, pairs());
    train(pairs, "240");
    Path begun = folder.resolve("begun");
    Files.move(folder.resolve("out/package"), begun);
    TranslationQuality before = quality(ModelPackage.open(begun), pairs);
    Path out = folder.resolve("further");
    String further =
        "--from de --train %s --dev %s --out %s --begin-with %s --epochs 4 --batch-tokens 128"
            + " --warm-up 5 --learning-rate 0.001 --dropout 0 --lower-cased 0"
            + " --subword-dropout 0.2";

    String told = run(0, further.formatted(pairs, pairs, out, begun));

    assertThat(told).contains("pass 0.00").contains("BLEU = %.2f".formatted(before.bleu().score()));
    assertThat(out.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(begun.resolve("tokenizer.json"));
    ModelPackage model = ModelPackage.open(out.resolve("package"));
    assertThat(quality(model, pairs).bleu().score()).isGreaterThanOrEqualTo(before.bleu().score());
    assertThat(model.card().toString()).contains("trained from begun");
    run(2, (further + " --width 64").formatted(pairs, pairs, folder.resolve("other"), begun));
  }

  @Test
  void namesTheLinesThatAreNoPairs() throws IOException {
    Path pairs = folder.resolve("pairs.tsv");
    Files.writeString(pairs, "eins\tone\nzwei\n\t\n");

    assertThatThrownBy(() -> ParallelTexts.read(pairs))
        .hasMessageContaining("2 of 3 lines")
        .hasMessageContaining("line 2 has 1 cells")
        .hasMessageContaining("line 3 has an empty cell");
  }

  private static TranslationQuality quality(ModelPackage model, Path pairs) throws IOException {
    ParallelTexts texts = ParallelTexts.read(pairs);
    return TranslationQuality.measure(
        model, model.languagePairs().iterator().next(), texts.sources(), texts.targets(), 1);
  }

  private String train(Path pairs, String epochs) {
    return run(
        0,
        ("--from de --train %s --dev %s --out %s --epochs %s --vocabulary 44 --width 32"
                + " --heads 2 --feed-forward 64 --encoder-layers 1 --decoder-layers 1"
                + " --max-tokens 32 --batch-tokens 128 --warm-up 20 --learning-rate 0.003"
                + " --dropout 0 --lower-cased 0")
            .formatted(pairs, pairs, folder.resolve("out"), epochs));
  }

  private static String run(int expected, String options) {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new TrainTranslationCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(options.split(" "));
    assertThat(code).isEqualTo(expected);
    return out.toString();
  }

  private static List<String> pairs() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < FROM.size(); i++) {
      for (int j = 0; j < FROM.size(); j++) {
        lines.add(FROM.get(i) + " und " + FROM.get(j) + "\t" + TO.get(i) + " and " + TO.get(j));
      }
    }
    return lines;
  }
}
