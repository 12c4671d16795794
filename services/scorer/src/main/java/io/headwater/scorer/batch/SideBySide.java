package io.headwater.scorer.batch;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Does jobs side by side for one thread, which alone sees what comes of them. Its threads end by
 * themselves when they have been idle for a while.
 */
public final class SideBySide {
  private static final long IDLE_SECONDS = 10;
  private static final long PULSE_MILLIS = 500;

  private final ThreadPoolExecutor threads;

  /** A job that has ended, and what came of it. */
  private record Done<J, R>(J job, FutureTask<R> outcome) {}

  /**
   * Side by side, on threads of that name.
   *
   * @param name what a thread's name begins with
   */
  public SideBySide(String name) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does jobs, and returns when no thread is at one: also when {@code work}, {@code pulse} or
   * {@code done} throws something, and then jobs that were not begun are left.
   *
   * @param width how many at once; with one, the caller's thread does them
   * @param work does a job, on any thread; what it throws is thrown here
   * @param done takes each job with its result, on the caller's thread, in the order they end
   * @param pulse called on the caller's thread before each wait for a job
   */
  public <J, R> void run(
      int width, Collection<J> jobs, Function<J, R> work, BiConsumer<J, R> done, Runnable pulse) {
    if (width == 1 || jobs.size() < 2) {
      for (J job : jobs) {
        pulse.run();
        done.accept(job, work.apply(job));
      }
      return;
    }
    Queue<J> waiting = new ConcurrentLinkedQueue<>(jobs);
    BlockingQueue<Done<J, R>> ended = new LinkedBlockingQueue<>();
    int workers = Math.min(width, jobs.size());
    CountDownLatch working = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      threads.execute(() -> workThrough(waiting, work, ended, working));
    }
    boolean interrupted = false;
    try {
      int left = jobs.size();
      while (left > 0) {
        pulse.run();
        Done<J, R> next = null;
        try {
          next = ended.poll(PULSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          // Who waits next on this thread is told.
          interrupted = true;
        }
        if (next != null) {
          left--;
          done.accept(next.job(), result(next.outcome()));
        }
      }
    } finally {
      waiting.clear();
      interrupted |= awaitEnd(working);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <J, R> void workThrough(
      Queue<J> waiting, Function<J, R> work, Queue<Done<J, R>> ended, CountDownLatch working) {
    try {
      for (J job = waiting.poll(); job != null; job = waiting.poll()) {
        J next = job;
        FutureTask<R> outcome = new FutureTask<>(() -> work.apply(next));
        outcome.run();
        ended.add(new Done<>(job, outcome));
      }
    } finally {
      working.countDown();
    }
  }

  /** What a job gave; or throws what it threw, errors too: else the caller would wait for ever. */
  private static <R> R result(FutureTask<R> outcome) {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody waits for a job that has ended", e);
    }
  }

  /** Whether the wait was interrupted. */
  private static boolean awaitEnd(CountDownLatch working) {
    boolean interrupted = false;
    while (true) {
      try {
        working.await();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
