package io.headwater.load.river.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void aGoalIsKeptMissedOrNotMeasured() {
    assertThat(Row.atLeast("rate", 0.85, 0.85, "").verdict()).isEqualTo("kept");
    assertThat(Row.atLeast("rate", 0.85, 0.84, "").verdict()).isEqualTo("MISSED");
    assertThat(Row.atMost("p99", 250, 251, " ms", "").verdict()).isEqualTo("MISSED");
    assertThat(Row.skipped("peers", 4, "not built").verdict()).isEqualTo("-");
  }

  @Test
  void aGoalShowsItsNumbersWithTheirUnit() {
    Row row = Row.atMost("p99", 250, 180.5, " ms", "");

    assertThat(row.goalText()).isEqualTo("<= 250 ms");
    assertThat(Row.atLeast("rate", 0.85, 0.9, "").measuredText()).isEqualTo("0.9");
    assertThat(Row.atLeast("rate", 0.85, 200, "").measuredText()).isEqualTo("200");
  }

  @Test
  void aReportIsWrittenForPeopleAndForPrograms() throws IOException {
    Report report = new Report();
    report.row(Row.atLeast("rate", 0.85, 0.9, "tokens"));
    report.row(Row.skipped("peers", 4, "not built"));
    report.table(new TextTable("Rates", List.of("", "a|b"), List.of(List.of("x", "1"))));
    report.note("A note.");
    report.plot("bars.svg", "<svg/>");

    report.write(folder);

    String text = Files.readString(folder.resolve("report.md"));
    assertThat(text).contains("| rate | >= 0.85 | 0.9 | kept | tokens |", "![](bars.svg)", "a\\|b");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(json.at("/goals/0/measured").doubleValue()).isEqualTo(0.9);
    assertThat(json.at("/goals/1/verdict").textValue()).isEqualTo("-");
    assertThat(folder.resolve("bars.svg")).hasContent("<svg/>");
    assertThat(report.plain()).contains("peers", "not built", "A note.");
  }

  @Test
  void aRowThatDoesNotFitItsHeadIsRefused() {
    assertThatThrownBy(() -> new TextTable("", List.of("a"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
