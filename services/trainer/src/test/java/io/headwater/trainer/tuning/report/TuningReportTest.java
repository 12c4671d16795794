package io.headwater.trainer.tuning.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.trainer.tuning.LogisticRunner;
import io.headwater.trainer.tuning.Plans;
import io.headwater.trainer.tuning.TrialDatabase;
import io.headwater.trainer.tuning.TrialRecord;
import io.headwater.trainer.tuning.TrialRunner;
import io.headwater.trainer.tuning.TuningPlan;
import io.headwater.trainer.tuning.TuningPlanReader;
import io.headwater.trainer.tuning.TuningSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningReportTest {
  private static final String VARIED =
      Plans.SMALL
          .replace("trials: 14", "trials: 30")
          .concat("    model.kind: {choice: [plain, \"<b>bold & 'wild'\"]}\n");

  @TempDir private Path folder = Path.of(".");

  @Test
  void thePageHasTablesAndDrawingsAndLoadsNothing() throws Exception {
    ObjectNode configuration = Plans.configuration(VARIED);
    TuningPlan plan = TuningPlanReader.read(configuration);
    List<TrialRecord> records = search(configuration);

    String page = TuningReport.html(plan, records);

    Files.writeString(Path.of("target", "tuning-report.html"), page);
    assertThat(page).contains("bayesian search for the highest dev.accuracy: 30 of 30 trials");
    assertThat(page.split("<svg", -1)).hasSize(5);
    assertThat(page.split("<tr class='best'", -1)).hasSize(2);
    assertThat(page).contains("Failed trials", "model.inputs: 3 is odd");
    assertThat(page).contains("&lt;b&gt;bold &amp; &#39;wild&#39;").doesNotContain("<b>bold");
    assertThat(page).doesNotContain("<script", "src=", "href=", "url(");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
  }

  @Test
  void aSearchThatHasJustBegunHasAPageToo() throws Exception {
    ObjectNode configuration = Plans.configuration(VARIED);
    TuningPlan plan = TuningPlanReader.read(configuration);
    List<TrialRecord> records = search(configuration);

    for (int length = 0; length < 12; length++) {
      assertThat(
              TuningReport.html(plan, records.subList(0, length)).replace("loss is Infinity", ""))
          .contains("Best trials", "</html>")
          .doesNotContain("NaN", "Infinity");
    }
  }

  private List<TrialRecord> search(ObjectNode configuration) throws Exception {
    LogisticRunner runner = new LogisticRunner();
    TrialRunner picky =
        (its, trial, epochs) -> {
          if (its.at("/model/inputs").asInt() == 3) {
            throw new IllegalArgumentException("model.inputs: 3 is odd");
          }
          return runner.run(its, trial, epochs);
        };
    try (TrialDatabase database =
        TrialDatabase.open(folder.resolve("trials.jsonl"), configuration)) {
      new TuningSearch(
              TuningPlanReader.read(configuration), configuration, picky, folder, System::nanoTime)
          .run(database, (record, all) -> assertThat(all).contains(record));
      return database.records();
    }
  }
}
