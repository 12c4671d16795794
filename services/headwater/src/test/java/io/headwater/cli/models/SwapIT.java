package io.headwater.cli.models;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.cli.models.ModelRiver.Answer;
import io.headwater.cli.models.ModelRiver.Sending;
import io.headwater.cli.river.TestRiver.Read;
import io.headwater.models.PackageFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are swapped in a river that runs, under load. */
@Tag("long")
class SwapIT {
  @TempDir private static Path folder;
  private static ModelRiver river;

  @BeforeAll
  static void startTheRiver() {
    river = ModelRiver.start(folder);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @BeforeEach
  void letTheFirstServe() {
    assertThat(river.run("models", "assign", ModelRiver.FIRST).code()).isZero();
  }

  @Test
  void noMessageIsLostDoubledOrScoredByAnotherModelThanItsTokensSay() throws Exception {
    Answer second;
    Answer back;
    try (Sending sending = river.send(100)) {
      river.insights(river.sent() + 200);
      second = river.run("models", "assign", ModelRiver.SECOND, "--note", "better");
      int atSwap = river.sent();
      river.insights(atSwap + 200);
      back = river.run("models", "rollback", "sentiment");
      river.insights(river.sent() + 200);
    }
    List<Read<Insight>> insights = river.insights(river.sent());

    assertThat(second.err()).isEmpty();
    assertThat(second.code()).isZero();
    assertThat(second.out())
        .containsPattern("tiny@2.0.0 serves sentiment .revision \\d+.; all 2 instances agree");
    assertThat(back.code()).isZero();
    assertThat(back.out())
        .containsPattern("tiny@1.0.0 serves sentiment .revision \\d+.; all 2 instances agree");
    assertThat(river.river.all(river.river.topics.deadLetters())).isEmpty();
    assertThat(insights).hasSize(river.sent());
    Set<String> ids = new HashSet<>();
    for (Read<Insight> read : insights) {
      Insight insight = read.value();
      SentimentScore score = Objects.requireNonNull(insight.getSentiment());
      assertThat(ids.add(insight.getMessageId())).isTrue();
      assertThat(ModelRiver.probabilities(score))
          .isEqualTo(river.expected(score.getModel(), insight.getMessage().getText()));
    }
    Map<String, List<Read<Insight>>> byVersion =
        insights.stream()
            .collect(
                groupingBy(
                    read ->
                        Objects.requireNonNull(read.value().getSentiment())
                            .getModel()
                            .getVersion()));
    assertThat(byVersion).containsOnlyKeys("1.0.0", "2.0.0");
    assertThat(byVersion.get("2.0.0")).hasSizeGreaterThan(150);
    Answer status = river.run("models", "status");
    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("taken back   tiny@2.0.0")
        .contains("tokenizer/")
        .contains("scorer/");
  }

  @Test
  void aPackageThatAnInstanceRefusesNeverServes() throws IOException {
    // Sound where the command looks, and gone where the services look.
    Path elsewhere = folder.resolve("elsewhere");
    ModelRiver.version(elsewhere, "9.0.0");

    Answer refused =
        river.run("models", "assign", "tiny@9.0.0", "--set", "models.directory=" + elsewhere);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("refuses it: tiny@9.0.0: ")
        .contains("there is none")
        .contains("tiny@9.0.0 is not used; tiny@1.0.0 serves sentiment as before");
    Answer status = river.run("models", "status");
    assertThat(status.out()).contains("sentiment    tiny@1.0.0").doesNotContain("proposed");
  }

  @Test
  void aDamagedPackageIsNotEvenProposed() throws IOException {
    ModelRiver.version(river.models, "4.0.0");
    Files.writeString(river.models.resolve("tiny/4.0.0/tokenizer.json"), "{}");

    Answer refused = river.run("models", "assign", "tiny@4.0.0");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("tokenizer.json");
    assertThat(river.run("models", "status").out()).doesNotContain("tiny@4.0.0");
  }

  @Test
  void whatCannotBeReadInTheTopicIsPassedOver() throws Exception {
    river.river.sendTo(
        river.river.topics.models().name(),
        "sentiment",
        "no assignment".getBytes(StandardCharsets.UTF_8));

    Answer assigned = river.run("models", "assign", ModelRiver.SECOND);

    assertThat(assigned.code()).isZero();
    int before = river.sent();
    try (Sending sending = river.send(100)) {
      river.insights(before + 50);
    }
    assertThat(river.insights(river.sent()))
        .filteredOn(read -> Integer.parseInt(read.value().getMessageId().substring(2)) >= before)
        .allMatch(
            read ->
                Objects.requireNonNull(read.value().getSentiment())
                    .getModel()
                    .getVersion()
                    .equals("2.0.0"));
  }

  @Test
  void aPackageIsAddedOnlyWhenItGivesWhatItsGoldenFileSays() throws IOException {
    Path made = folder.resolve("made");
    PackageFolder.good(made).edit("\"version\": \"1.0.0\"", "\"version\": \"5.0.0\"");

    Answer without = river.run("models", "add", made.toString());
    Files.writeString(made.resolve("golden.tsv"), "# tolerance 0.01\npositive\t0.9\tgood film\n");
    Answer wrong = river.run("models", "add", made.toString());
    Files.writeString(made.resolve("golden.tsv"), "# tolerance 0.01\nnegative\t0.576\tgood film\n");
    Answer right = river.run("models", "add", made.toString());
    Answer again = river.run("models", "add", made.toString());
    PackageFolder.good(made).edit("\"version\": \"1.0.0\"", "\"version\": \"1.0.0\"");
    Answer same = river.run("models", "add", made.toString());

    assertThat(without.code()).isEqualTo(3);
    assertThat(without.err()).contains("carries no golden.tsv", "--without-golden");
    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.out()).contains("\"good film\" is negative, and positive has");
    assertThat(right.code()).isZero();
    assertThat(right.out()).contains("added      tiny@5.0.0");
    assertThat(again.out()).contains("is there already, and is the same");
    assertThat(same.code()).isZero();
    assertThat(river.models.resolve("tiny/5.0.0/model.json")).exists();
    try (var left = Files.list(river.models)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("tiny");
    }
    assertThat(river.run("models", "assign", "tiny@5.0.0").out()).contains("golden     1 texts");
  }
}
