package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.ExitCodes;
import io.headwater.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
  @ParameterizedTest
  @CsvSource({
    "replay,--into NAME is missing",
    "replay --into a.b,cannot be a replay's name",
    "replay --into live,cannot be a replay's name",
    "replay --into a --from yesterday,none of: earliest",
    "replay --into a --task summary,--task is one of",
    "replay --into a --rate 0,--rate is 1 to",
    "replay --into a --threads 0,--threads is 1 to",
    "replay --into a --max-bytes-per-second 0,at least 1",
    "replay --into a --model nonsense,--model",
    "replay diff live a --top -1,--top is 0 to",
    "replay delete a.b --yes,cannot be a replay's name"
  })
  void aWrongCommandLineIsToldInALine(String line, String fault) {
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setErr(new PrintWriter(err));

    int code = commands.execute(line.split(" "));

    assertThat(code).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains(fault);
    assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(3);
  }
}
