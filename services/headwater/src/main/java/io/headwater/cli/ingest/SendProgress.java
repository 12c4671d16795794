package io.headwater.cli.ingest;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What a person sees while a file is sent: a bar on a terminal, and the lines that were bad. */
final class SendProgress implements AutoCloseable {
  private static final long MIB = 1L << 20;
  private static final String TO_LINE_START = "\r\u001B[K";

  private final PrintWriter err;
  private final @Nullable ProgressBar bar;

  private SendProgress(PrintWriter err, @Nullable ProgressBar bar) {
    this.err = err;
    this.bar = bar;
  }

  /** Without a bar. */
  static SendProgress plain(PrintWriter err) {
    return new SendProgress(err, null);
  }

  /**
   * With a bar.
   *
   * @param bytes size of the file; below 0 where it is not known
   */
  static SendProgress onTerminal(PrintWriter err, long bytes) {
    return new SendProgress(
        err,
        new ProgressBarBuilder()
            .setTaskName("sending")
            .setInitialMax(bytes)
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" MiB", MIB)
            .setUpdateIntervalMillis(200)
            .showSpeed()
            .build());
  }

  void at(long bytesRead, long sent) {
    if (bar != null) {
      bar.stepTo(bytesRead).setExtraMessage(" " + sent + " messages");
    }
  }

  void badLine(long line, String reason) {
    err.println((bar == null ? "" : TO_LINE_START) + "line " + line + ": " + reason);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
