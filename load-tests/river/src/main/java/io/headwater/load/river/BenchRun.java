package io.headwater.load.river;

import io.headwater.faults.process.Folders;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.load.river.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A run of any command: processes, folder, and the report at its end. */
final class BenchRun {
  private final Setup setup;
  private final PrintWriter out;

  BenchRun(Setup setup, PrintWriter out) {
    this.setup = setup;
    this.out = out;
  }

  /** What a command measures. */
  interface Work {
    /** Measures, and writes what came of it. */
    void run(Bench bench, Report report) throws Exception;
  }

  /**
   * Runs it, prints the report, and keeps it in a folder. Logs and data go when all went well and
   * nobody asked for a folder.
   */
  void run(Path reportFolder, Work work) throws Exception {
    Path home = setup.home();
    Report report = new Report();
    boolean well = false;
    try (ProcessGroup processes = ProcessGroup.create()) {
      work.run(new Bench(setup, processes, home, this::say), report);
      well = true;
    } finally {
      if (well && setup.folder().isEmpty()) {
        Folders.delete(home);
      } else {
        say("logs and data: " + home);
      }
    }
    report.write(reportFolder);
    say("");
    say(report.plain());
    say("report: " + reportFolder.toAbsolutePath().normalize());
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
