package io.headwater.cli.letters;

import io.headwater.cli.letters.Dispatch.Refused;
import io.headwater.cli.letters.ReplayJudge.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One replay: judges the letters it is shown and sends them in chunks. Single use. */
final class ReplayRun implements LetterVisitor {
  /** Most letters of a chunk: what one transaction sends in a moment. */
  static final int CHUNK_LETTERS = 500;

  private static final long CHUNK_BYTES = 8L << 20;

  private final ReplayJudge judge;
  private final Dispatch dispatch;
  private final ReplayReport report;
  private final List<Outgoing> chunk = new ArrayList<>();
  private long chunkBytes;

  ReplayRun(ReplayJudge judge, Dispatch dispatch, ReplayReport report) {
    this.judge = judge;
    this.dispatch = dispatch;
    this.report = report;
  }

  @Override
  public boolean letter(StoredLetter letter) {
    Verdict verdict = judge.judge(letter);
    if (verdict instanceof Verdict.Send send) {
      add(send.outgoing());
    } else if (verdict instanceof Verdict.GivenUp givenUp) {
      report.givenUp(letter.address(), givenUp.rounds());
    } else if (verdict instanceof Verdict.Impossible impossible) {
      report.impossible(letter.address(), impossible.why());
    } else {
      report.already();
    }
    return true;
  }

  @Override
  public void unreadable(LetterAddress address, String why) {
    report.impossible(address, "it is not a dead letter (%s)".formatted(why));
  }

  /** Sends what has been gathered. To be called once all letters were shown. */
  void flush() {
    if (chunk.isEmpty()) {
      return;
    }
    Set<LetterAddress> refused = new HashSet<>();
    for (Refused one : dispatch.send(List.copyOf(chunk))) {
      refused.add(one.outgoing().address());
      report.impossible(one.outgoing().address(), one.why());
    }
    chunk.stream().filter(one -> !refused.contains(one.address())).forEach(report::replayed);
    chunk.clear();
    chunkBytes = 0;
  }

  private void add(Outgoing outgoing) {
    long bytes = outgoing.record().size();
    if (chunk.size() == CHUNK_LETTERS || chunkBytes + bytes > CHUNK_BYTES) {
      flush();
    }
    chunk.add(outgoing);
    chunkBytes += bytes;
  }
}
